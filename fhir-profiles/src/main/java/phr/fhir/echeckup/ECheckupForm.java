package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phr.fhir.echeckup.CheckupBundle.Entry;
import phr.fhir.jp.CheckupSystem;

/** The form of JAMI eCheckupReport 1.5.0 (checkup-fhir.md §4 to §8), made of a stored checkup. */
public final class ECheckupForm {

    /** Canonical address of the Bundle's profile. */
    public static final String PROFILE = Profile.BUNDLE.url();

    private static final String PHYSICIANS_JUDGEMENT = "9N511000000000049";

    private final StoredCheckup checkup;
    private final Moment made;
    private final DocumentIds ids;
    private final Remarks remarks = new Remarks();
    private final References references = new References(remarks);
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Section, Set<String>> sections = new LinkedHashMap<>();
    private final Insurance insurance;

    private ECheckupForm(StoredCheckup checkup, Instant now) {
        this.checkup = checkup;
        this.made = new Moment(now);
        this.ids = new DocumentIds(checkup, made);
        this.insurance = new Insurance(checkup, remarks);
        for (Section section : Section.values()) {
            sections.put(section, new LinkedHashSet<>());
        }
    }

    /** @param now when the document is made */
    public static CheckupBundle of(StoredCheckup checkup, Instant now) {
        return new ECheckupForm(checkup, now).bundle();
    }

    private CheckupBundle bundle() {
        List<ObjectNode> results = new ArrayList<>();
        List<ObjectNode> groupsStored = new ArrayList<>();
        for (ObjectNode observation : checkup.all("Observation")) {
            if (Groups.isGroup(observation)) {
                groupsStored.add(observation);
            } else if (Results.carried(observation, remarks)) {
                results.add(observation);
            }
        }
        attachments();
        Set<String> carried = new LinkedHashSet<>();
        results.forEach(result -> carried.add(Tree.name(result)));
        Groups groups = new Groups(groupsStored, carried, remarks);
        Texts texts = new Texts(results, groups.members());
        List<ObjectNode> alone =
                results.stream().filter(result -> !texts.isComponent(result)).toList();
        ObjectNode patient = checkup.patient();
        List<ObjectNode> organizations = organizations();
        List<ObjectNode> physicians = physicians(results);

        references.add(patient);
        references.add(checkup.visit());
        organizations.forEach(references::add);
        insurance.insurers().forEach(references::add);
        physicians.forEach(references::add);
        alone.forEach(references::add);
        groups.all().forEach(references::add);
        boolean listed = Section.ofTests(checkup.program()).listsCoverage();
        List<ObjectNode> coverages = listed ? insurance.all() : List.of();
        coverages.forEach(references::add);

        String performer = checkup.performer().map(Tree::name).orElse("");
        add(Profile.PATIENT, new Person(patient, remarks).form(insurance.memberId()));
        add(Profile.ENCOUNTER, Facility.visit(checkup, references, remarks));
        organizations.forEach(organization -> add(
                Profile.ORGANIZATION,
                Facility.organization(organization, Tree.name(organization).equals(performer), remarks)));
        physicians.forEach(physician -> add(Profile.PRACTITIONER, Facility.physician(physician, remarks)));
        coverages(coverages);
        results(alone, texts, groups);
        ObjectNode head = head();
        entries.add(0, composition(organizations, physicians));
        return new CheckupBundle(head, entries, remarks.all());
    }

    /** Files that came with the checkup, other than its original, stay in the record. */
    private void attachments() {
        for (String type : List.of("DocumentReference", "DiagnosticReport", "Media")) {
            for (ObjectNode file : checkup.all(type)) {
                if (!Tree.text(file.path("masterIdentifier"), "value").startsWith("ni:")) {
                    remarks.left("ECF-1", "files stay in the record", Tree.name(file));
                }
            }
        }
    }

    /** Who did the checkup and who made the document. */
    private List<ObjectNode> organizations() {
        Set<ObjectNode> found = new LinkedHashSet<>();
        checkup.performer().ifPresent(found::add);
        checkup.author().ifPresent(found::add);
        if (found.isEmpty()) {
            remarks.missing("an organisation", "Composition.author");
        }
        return List.copyOf(found);
    }

    /** Physicians of the results, first the one who judged the whole; one without a name when nobody is known. */
    private List<ObjectNode> physicians(List<ObjectNode> results) {
        Map<String, ObjectNode> found = new LinkedHashMap<>();
        results.stream()
                .filter(result -> Results.code(result)
                        .filter(code -> Tree.text(code, "code").equals(PHYSICIANS_JUDGEMENT))
                        .isPresent())
                .forEach(result -> physicians(result, found));
        results.forEach(result -> physicians(result, found));
        if (found.isEmpty()) {
            remarks.missing("a physician", "Composition.author");
            ObjectNode unknown = Tree.object()
                    .put("resourceType", "Practitioner")
                    .put("id", ids.made("Practitioner").toString());
            ObjectNode name = Tree.object();
            name.set("_text", Tree.absent(false));
            unknown.set("name", Tree.list(name));
            return List.of(unknown);
        }
        return List.copyOf(found.values());
    }

    private void physicians(JsonNode result, Map<String, ObjectNode> found) {
        for (JsonNode performer : result.path("performer")) {
            String name = Tree.text(performer, "reference");
            if (name.startsWith("Practitioner/")) {
                checkup.find(name).ifPresent(physician -> found.putIfAbsent(name, physician));
            }
        }
    }

    private void coverages(List<ObjectNode> coverages) {
        insurance.all().stream()
                .filter(coverage -> !coverages.contains(coverage))
                .forEach(coverage ->
                        remarks.left("ECF-7", "no section of this kind of checkup lists it", Tree.name(coverage)));
        for (ObjectNode coverage : coverages) {
            boolean ticket = Tree.coding(coverage.path("type"), CheckupSystem.TICKET_KIND.url())
                    .isPresent();
            ObjectNode form = insurance.form(coverage, references);
            list(Section.ofTests(checkup.program()), Tree.name(coverage));
            add(ticket ? Profile.COVERAGE_SERVICE : Profile.COVERAGE_INSURANCE, form);
        }
        if (!coverages.isEmpty()) {
            insurance.insurers().forEach(insurer -> add(Profile.INSURER, Insurance.insurer(insurer, remarks)));
        }
    }

    /** A group stands where its first member would, and its members below it only. */
    private void results(List<ObjectNode> alone, Texts texts, Groups groups) {
        Results forms = new Results(references, remarks, checkup.date());
        Map<String, List<ObjectNode>> beginning = new LinkedHashMap<>();
        groups.all().forEach(group -> beginning
                .computeIfAbsent(groups.first(group), name -> new ArrayList<>())
                .add(group));
        Set<String> members = groups.members();
        for (ObjectNode result : alone) {
            String name = Tree.name(result);
            Section section = Section.of(
                    checkup.program(),
                    Results.code(result).flatMap(Results::item).orElse(null));
            for (ObjectNode group : beginning.getOrDefault(name, List.of())) {
                list(section, Tree.name(group));
                add(Profile.GROUP, groups.form(group, references));
            }
            if (!members.contains(name)) {
                list(section, name);
            }
            add(Profile.OBSERVATION, forms.form(result, texts.of(result)));
        }
    }

    private void list(Section section, String name) {
        sections.getOrDefault(section, new LinkedHashSet<>()).add(name);
    }

    private void add(Profile profile, ObjectNode form) {
        entries.add(new Entry("urn:uuid:" + Tree.text(form, "id"), declare(profile, form)));
    }

    private ObjectNode declare(Profile profile, ObjectNode form) {
        ObjectNode meta = form.withObject("/meta");
        if (!meta.has("lastUpdated")) {
            meta.put("lastUpdated", made.millis());
        }
        meta.remove(List.of("versionId", "source"));
        meta.putArray("profile").add(profile.url());
        return form;
    }

    private Entry composition(List<ObjectNode> organizations, List<ObjectNode> physicians) {
        Report report = Report.of(checkup);
        ObjectNode composition = Tree.object()
                .put("resourceType", "Composition")
                .put("id", checkup.id().toString());
        composition.withObject("/meta").put("lastUpdated", made.millis());
        composition
                .putArray("extension")
                .add(Tree.object().put("url", ECheckupSystem.VERSION.url()).put("valueString", "1"));
        composition.set("identifier", ids.composition());
        composition.put("status", "final");
        composition.set(
                "type",
                Tree.concept(Tree.coding(ECheckupSystem.DOCUMENT_TYPE.url(), "53576-5")
                        .put("display", "検診・健診報告書")));
        composition.set("category", Tree.list(Tree.concept(report.coding(remarks))));
        composition.set("subject", references.to(Tree.name(checkup.patient())));
        composition.set("encounter", references.to(Tree.name(checkup.visit())));
        composition.put("date", made.seconds());
        composition.withArray("author").add(references.to(Tree.name(physicians.get(0))));
        Optional<ObjectNode> author = checkup.author();
        author.ifPresent(organization -> composition.withArray("author").add(references.to(Tree.name(organization))));
        composition.put("title", report.title(checkup));
        if (!organizations.isEmpty()) {
            composition.set("custodian", references.to(Tree.name(organizations.get(0))));
        }
        composition.set("event", Tree.list(event()));
        sections.forEach((section, names) -> {
            if (!names.isEmpty()) {
                composition.withArray("section").add(section(section, names));
            }
        });
        remarks.writeTo(composition);
        return new Entry("urn:uuid:" + ids.made("Composition"), declare(Profile.COMPOSITION, composition));
    }

    private ObjectNode event() {
        ObjectNode event = Tree.object();
        event.set("code", Tree.list(Tree.concept(Tree.coding(CheckupSystem.PROGRAM.url(), checkup.program()))));
        if (checkup.visit().path("period").has("start")) {
            event.set("period", checkup.visit().get("period").deepCopy());
        }
        return event;
    }

    private ObjectNode section(Section section, Set<String> names) {
        ObjectNode node = Tree.object();
        ObjectNode coding = Tree.coding(ECheckupSystem.SECTION.url(), section.code());
        section.display().ifPresent(display -> {
            node.put("title", display);
            coding.put("display", display);
        });
        node.set("code", Tree.concept(coding));
        names.forEach(name -> node.withArray("entry").add(references.to(name)));
        return node;
    }

    private ObjectNode head() {
        ObjectNode head = Tree.object().put("resourceType", "Bundle");
        head.put("id", ids.made("Bundle").toString());
        head.withObject("/meta")
                .put("lastUpdated", made.millis())
                .putArray("profile")
                .add(PROFILE);
        head.set("identifier", ids.bundle(remarks));
        return head.put("type", "document").put("timestamp", made.millis());
    }
}
