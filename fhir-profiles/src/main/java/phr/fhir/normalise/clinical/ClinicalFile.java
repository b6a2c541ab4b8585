package phr.fhir.normalise.clinical;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.DataTime;
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
import phr.fhir.normalise.clinical.echeckup.CheckupDocument;
import phr.fhir.normalise.clinical.survey.Survey;

/** One file while it is read: hands resources on in batches, and in the end the original, its description and where all came from. */
final class ClinicalFile {

    /** Kind of the original, phr-package.md §6.1. */
    static final String KIND = "fhir";

    private static final String MEDIA_TYPE = "application/fhir+json";
    private static final String DOCUMENT_TYPE = "http://phr.or.jp/fhir/CodeSystem/document-type";
    private static final KeptOriginal.Importer IMPORTER = new KeptOriginal.Importer("FHIR mapping", "1");
    private static final int BATCH = 500;
    /** Provenance names so many resources one by one; of a larger file it names the original only. */
    private static final int MOST_TARGETS = 1000;

    private final Intake intake;
    private final Findings findings;
    private final Survey survey;
    private final Set<PhrCategory> categories = EnumSet.noneOf(PhrCategory.class);
    private final List<String> targets = new ArrayList<>();
    private int read;
    private int mapped;
    private boolean opaque;
    private @Nullable Instant first;
    private @Nullable Instant last;

    ClinicalFile(Intake intake, Findings findings, Survey survey) {
        this.intake = intake;
        this.findings = findings;
        this.survey = survey;
        if (survey.head().holdsMyNumber()) {
            refuseOriginal("Bundle");
        }
    }

    Intake intake() {
        return intake;
    }

    void read() {
        read++;
    }

    void mapped() {
        mapped++;
    }

    void issue(Issue issue) {
        findings.issue(issue);
    }

    /** A My Number outside of what is mapped. */
    void refuseOriginal(String place) {
        findings.refuseOriginal(Issue.error(
                "business-rule", "REQ-SEC-2", "a text looks like a My Number, so the original is not kept", place));
    }

    /** The original holds more than what is mapped from it, so nobody can tell how sensitive it is. */
    void keptAside() {
        opaque = true;
    }

    /**
     * Proposes a resource whose id is set.
     *
     * @param consent null = the type has no categories of its own
     */
    void propose(
            Resource resource,
            SourceIdentity identity,
            @Nullable Set<PhrCategory> consent,
            @Nullable Labels labels,
            String place) {
        findings.draft(new Draft(resource, identity.within(intake), consent, labels, place));
        if (consent != null) {
            categories.addAll(consent);
        }
        if (targets.size() <= MOST_TARGETS) {
            targets.add(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
        }
        if (findings.pending() >= BATCH) {
            findings.flush();
        }
    }

    /** When something in the file was so. */
    void about(DataTime time) {
        Instant from = time.from();
        if (time.known() && from != null) {
            // what was at an instant or in a day ends within it
            Instant to =
                    time.to() == null ? from : Objects.requireNonNull(time.to()).minusSeconds(1);
            first = first == null || from.isBefore(first) ? from : first;
            last = last == null || to.isAfter(last) ? to : last;
        }
    }

    void finish() {
        DocumentReport.Result result = mapped == 0 ? DocumentReport.Result.ORIGINAL_ONLY : DocumentReport.Result.MAPPED;
        findings.row(new DocumentReport(null, KIND, read, mapped, read - mapped, result));
        if (survey.links().full()) {
            findings.issue(Issue.warning(
                    "too-long", "FHIR-14", "references among so many resources are kept as identifiers only", "$"));
        }
        KeptOriginal description = description();
        if (survey.whose().others()) {
            findings.issue(Issue.warning(
                    "business-rule",
                    "FHIR-12",
                    "the file speaks of other people too, so the original is not kept",
                    "$"));
            withoutOriginal(description);
            return;
        }
        keep(description);
    }

    private void keep(KeptOriginal description) {
        categories.addAll(survey.checkup().with(Set.of()));
        if (document()) {
            categories.add(PhrCategory.CLINICAL_DOCUMENT);
        }
        findings.original(new Original(
                KIND,
                MEDIA_TYPE,
                intake.content(),
                description.id("Binary"),
                description.id("DocumentReference"),
                categories));
        findings.draft(described(description.documentReference()));
        findings.draft(description.provenance(named()));
    }

    /** The description of a checkup leads to its visit. */
    private Draft described(Draft draft) {
        String visit = survey.checkup().encounter();
        if (!visit.isEmpty() && draft.resource() instanceof DocumentReference document) {
            document.getContext().addEncounter(new Reference(visit));
        }
        return draft;
    }

    /** Where everything came from is known by the hash of the file alone. */
    private void withoutOriginal(KeptOriginal description) {
        if (targets.isEmpty()) {
            return;
        }
        Draft draft = description.provenance(named());
        Provenance provenance = (Provenance) draft.resource();
        provenance.getTarget().remove(provenance.getTarget().size() - 1);
        provenance.getEntityFirstRep().getWhat().setReference(null);
        if (provenance.hasTarget()) {
            findings.draft(draft);
        }
    }

    private List<String> named() {
        return targets.size() > MOST_TARGETS ? List.of() : targets;
    }

    /** A letter or a summary: words that nobody has labelled. */
    private boolean document() {
        return !survey.composition().isMissingNode() && !survey.checkup().present();
    }

    private KeptOriginal description() {
        CheckupDocument checkup = survey.checkup();
        return new KeptOriginal(
                intake,
                MEDIA_TYPE,
                title(checkup),
                checkup.present() ? checkup.types() : types(),
                opaque || document() ? Labels.UNLABELLED : null,
                IMPORTER,
                first,
                last);
    }

    private String title(CheckupDocument checkup) {
        if (checkup.present()) {
            return checkup.title();
        }
        String title = survey.composition().path("title").asText("").strip();
        return title.isEmpty() ? "診療情報" : title;
    }

    private List<Coding> types() {
        List<Coding> types = new ArrayList<>();
        for (JsonNode coding : survey.composition().path("type").path("coding")) {
            String system = coding.path("system").asText("");
            String code = coding.path("code").asText("");
            if (!system.isEmpty() && !code.isEmpty() && types.size() < 10) {
                types.add(new Coding().setSystem(system).setCode(code));
            }
        }
        types.add(new Coding().setSystem(DOCUMENT_TYPE).setCode("unspecified"));
        return types;
    }
}
