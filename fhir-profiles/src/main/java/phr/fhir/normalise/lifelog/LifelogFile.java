package phr.fhir.normalise.lifelog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hl7.fhir.r4.model.DomainResource;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.DocumentReport;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.KeptOriginal;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.sample.Sample;

/**
 * One lifelog file while it is read: hands its Observations on in batches and remembers only what the original's description
 * needs. The original goes last, because only then its categories are known.
 */
public final class LifelogFile {

    private static final int BATCH = 500;
    private static final int BATCH_ALIKE = 2_000;
    private static final int BATCH_OF_SAMPLES = 16_384;
    /** Provenance names so many Observations one by one; of a larger file it names the original only. */
    private static final int MOST_TARGETS = 1000;

    private static final int MOST_NAMES = 50;

    private final Intake intake;
    private final Findings findings;
    private final String kind;
    private final String mediaType;
    private final boolean kept;
    private final Set<PhrCategory> categories = EnumSet.noneOf(PhrCategory.class);
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<Schema> schemas = new LinkedHashSet<>();
    private final Set<String> keptAside = new TreeSet<>();
    private final List<String> targets = new ArrayList<>();
    private int entry = -1;
    private int read;
    private int mapped;
    private int alike;
    private @Nullable RecordDescription about;
    private @Nullable Instant first;
    private @Nullable Instant last;

    /**
     * @param kind of the original, as in phr-package.md §6.1
     */
    public LifelogFile(Intake intake, Findings findings, String kind, String mediaType) {
        this(intake, findings, kind, mediaType, true);
    }

    private LifelogFile(Intake intake, Findings findings, String kind, String mediaType, boolean kept) {
        this.intake = intake;
        this.findings = findings;
        this.kind = kind;
        this.mediaType = mediaType;
        this.kept = kept;
    }

    /** A Bundle whose sender is answered entry by entry: what is not taken stays with the sender, so there is no original. */
    static LifelogFile exchanged(Intake intake, Findings findings) {
        return new LifelogFile(intake, findings, "bundle", "application/fhir+json", false);
    }

    public Intake intake() {
        return intake;
    }

    /** One point, sample or resource of the file has been seen. */
    public void read() {
        read++;
        findings.record();
    }

    /** It became FHIR. */
    public void mapped() {
        mapped++;
    }

    public void issue(Issue issue) {
        findings.issue(issue);
    }

    /** A My Number outside of what is mapped: the original is not kept. */
    public void refuseOriginal(String place) {
        String text =
                kept ? "a text looks like a My Number, so the original is not kept" : "a text looks like a My Number";
        findings.refuseOriginal(Issue.error("business-rule", "REQ-SEC-2", text, place));
    }

    /** An element that stays in the original only; its name is reported once. */
    void keptAside(String element) {
        if (keptAside.size() < MOST_NAMES && element.matches("[a-z][a-z_]{1,60}")) {
            keptAside.add(element);
        }
    }

    void schema(Schema schema) {
        schemas.add(schema);
    }

    /** Proposes an Observation whose id is set. */
    public void observation(
            DomainResource observation, SourceIdentity identity, Set<PhrCategory> consent, String place) {
        propose(draft(observation, identity, consent, place));
    }

    /** The proposal of a resource whose id is set. */
    public Draft draft(DomainResource observation, SourceIdentity identity, Set<PhrCategory> consent, String place) {
        return draft(observation, identity, consent, null, place);
    }

    /** The same with labels that a table found. */
    public Draft draft(
            DomainResource resource,
            SourceIdentity identity,
            Set<PhrCategory> consent,
            @Nullable Labels labels,
            String place) {
        return new Draft(resource, identity.within(intake), consent, labels, place);
    }

    /** Hands on a draft of {@link #draft}. */
    public void propose(Draft draft) {
        findings.draft(draft);
        categories.addAll(Objects.requireNonNull(draft.categories()));
        target(
                draft.resource().fhirType(),
                UUID.fromString(draft.resource().getIdElement().getIdPart()));
    }

    /** The sample that a draft is, when it needs no more validation. */
    public Optional<Sample> packed(Draft draft) {
        return findings.packed(draft);
    }

    /** Hands on a sample in place of its draft. */
    public void sample(Sample sample, Set<PhrCategory> consent) {
        findings.sample(sample);
        categories.addAll(consent);
        target("Observation", sample.id());
    }

    /** The same of one that is not dense: it will be a resource by itself, so there are fewer in a batch. */
    public void alike(Sample sample, Set<PhrCategory> consent) {
        alike++;
        sample(sample, consent);
    }

    /** The next entry of a Bundle begins. */
    void next() {
        entry++;
    }

    private void target(String type, UUID id) {
        if (!kept) {
            findings.proposed(entry, id);
        }
        if (targets.size() <= MOST_TARGETS) {
            targets.add(type + "/" + id);
        }
        if (findings.pending() >= BATCH || alike >= BATCH_ALIKE || findings.pendingSamples() >= BATCH_OF_SAMPLES) {
            findings.flush();
            alike = 0;
        }
    }

    /** What stays in the original only is of these categories too. */
    public void holds(PhrCategory category) {
        categories.add(category);
    }

    /** Reference to the DocumentReference of the original. */
    public String original() {
        return "DocumentReference/" + description().id("DocumentReference");
    }

    /** The file is no lifelog: its table says what it is. The first word counts. */
    public void describe(RecordDescription description) {
        about = about == null ? description : about;
    }

    /** The file holds something that must not be stored: the original is not kept. */
    public void refuseOriginal(Issue reason) {
        findings.refuseOriginal(reason);
    }

    /** What the original is about, for its title and its period. */
    public void about(String name, Instant from, Instant to) {
        names.add(name);
        first = first == null || from.isBefore(first) ? from : first;
        last = last == null || to.isAfter(last) ? to : last;
    }

    /** Id of a sample: stable over re-imports (lifelog.md §4, sample id). */
    public UUID sampleId(SourceIdentity identity) {
        return identity.localId(intake);
    }

    /** Ends the file: report and, when it is kept, original, its description and where everything came from. */
    public void finish() {
        for (String name : keptAside) {
            issue(Issue.information(
                    "informational", "LIF-9", "an element is kept in the original only: " + name, "body." + name));
        }
        DocumentReport.Result result = mapped == 0 ? DocumentReport.Result.ORIGINAL_ONLY : DocumentReport.Result.MAPPED;
        findings.row(new DocumentReport(null, kind, read, mapped, read - mapped, result));
        if (kept) {
            keepOriginal();
        }
    }

    private void keepOriginal() {
        KeptOriginal description = description();
        findings.original(new Original(
                kind,
                mediaType,
                intake.content(),
                description.id("Binary"),
                description.id("DocumentReference"),
                categories));
        findings.draft(description.documentReference());
        findings.draft(description.provenance(targets.size() > MOST_TARGETS ? List.of() : targets));
    }

    private KeptOriginal description() {
        return about == null
                ? OriginalDescription.of(intake, mediaType, names, onlySchema(), first, last)
                : OriginalDescription.of(intake, mediaType, about, first, last);
    }

    private @Nullable Schema onlySchema() {
        return schemas.size() == 1 ? schemas.iterator().next() : null;
    }
}
