package phr.fhir.normalise.clinical.survey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.DocumentReport;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.clinical.echeckup.CheckupDocument;
import phr.fhir.normalise.clinical.echeckup.CheckupResults;
import phr.fhir.normalise.json.Pieces;
import phr.fhir.normalise.lifelog.EntryRule;

/**
 * The first look at a file: whose it is, what each resource is called in the record, and what its document is. Nothing is mapped yet;
 * names and ids are all that is remembered (phr-package.md §8.3, pass 1).
 */
public final class Survey implements Pieces.Reader {

    /** Elements that name the person a resource is about. */
    public static final List<String> SUBJECTS = List.of("subject", "patient", "beneficiary");

    /** More than one checkup has. */
    private static final int MOST_ITEMS = 10_000;

    private final Intake intake;
    private final Head head;
    private final Identities identities;
    private final Links links;
    private final Persons persons;
    private final Set<UUID> seen = new HashSet<>();
    private final Set<UUID> repeated = new HashSet<>();
    private final Map<String, String> items = new HashMap<>();
    private JsonNode composition = MissingNode.getInstance();
    private JsonNode encounter = MissingNode.getInstance();
    private String encounterReference = "";
    private boolean onlyObservations = true;
    private int read;
    private Whose whose = new Whose(Set.of(), false, List.of());
    private CheckupDocument checkup = CheckupDocument.NONE;

    private Survey(Intake intake, Head head, Set<UUID> repeated) {
        this.intake = intake;
        this.head = head;
        this.identities = new Identities(intake, head, repeated);
        this.links = new Links(intake);
        this.persons = new Persons(intake, links);
    }

    /** Looks again when two resources claim one identity: then neither has it. */
    public static Survey of(Intake intake) throws IOException {
        Head head = Head.of(intake.content());
        Survey first = new Survey(intake, head, Set.of()).look();
        return first.repeated.isEmpty() ? first : new Survey(intake, head, first.repeated).look();
    }

    private Survey look() throws IOException {
        Pieces.read(intake.content(), list(), "Bundle.entry", this);
        whose = persons.whose(subject(composition));
        links.person(whose.names());
        checkup = CheckupDocument.of(composition, encounter, encounterReference).orElse(CheckupDocument.NONE);
        return this;
    }

    @Override
    public void piece(String place, JsonNode piece) {
        read++;
        Entry entry = Entry.of(place, piece);
        if (Entry.ofBundle(place) && EntryRule.OF_FILES.refusal(place, piece) != null) {
            return;
        }
        onlyObservations &= entry.type().equals("Observation") || entry.type().isEmpty();
        switch (entry.type()) {
            case "Patient" -> persons.patient(entry);
            case "Composition" -> composition = composition.isMissingNode() ? entry.resource() : composition;
            default -> resource(entry);
        }
    }

    private void resource(Entry entry) {
        if (!RecordTypes.taken(entry.type())) {
            return;
        }
        UUID id = identities.of(entry).localId(intake);
        if (seen.size() < Links.MOST && !seen.add(id)) {
            repeated.add(id);
        }
        links.add(entry, entry.type() + "/" + id);
        persons.subject(subject(entry.resource()));
        if (entry.type().equals("Encounter") && encounter.isMissingNode()) {
            encounter = entry.resource();
            encounterReference = "Encounter/" + id;
        } else if (entry.type().equals("Observation") && items.size() < MOST_ITEMS) {
            CheckupResults.item(entry.resource()).ifPresent(item -> items.put("Observation/" + id, item));
        }
    }

    /** Whoever the resource says it is about; empty when it does not say, or not by reference. */
    private static String subject(JsonNode resource) {
        for (String element : SUBJECTS) {
            String reference = resource.path(element).path("reference").asText("");
            if (!reference.isEmpty()) {
                return reference;
            }
        }
        return "";
    }

    @Override
    public void fault(Issue issue) {
        read++;
    }

    /** Nothing but Observations, so that nothing here is needed. */
    public boolean onlyObservations() {
        return onlyObservations;
    }

    /** The list whose elements are the pieces; empty = the file is no Bundle. */
    public String list() {
        return head.bundle() ? "entry" : "";
    }

    public Head head() {
        return head;
    }

    public Whose whose() {
        return whose;
    }

    public Identities identities() {
        return identities;
    }

    public Links links() {
        return links;
    }

    /** Of the document; a missing node when the file is none. */
    public JsonNode composition() {
        return composition;
    }

    /** Items of checkups by the reference of their results. */
    public Map<String, String> items() {
        return items;
    }

    public CheckupDocument checkup() {
        return checkup;
    }

    /** The row of a file that waits for the person. */
    public DocumentReport held(String kind) {
        return new DocumentReport(null, kind, read, 0, read, DocumentReport.Result.HELD);
    }
}
