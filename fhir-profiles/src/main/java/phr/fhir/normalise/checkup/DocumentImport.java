package phr.fhir.normalise.checkup;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Set;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.jp.CheckupOid;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.ReportCategory;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.DocumentReport;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.xml.Element;

/** One document of the account holder: its original, and what can be mapped from it. */
final class DocumentImport {

    private static final String CDA_KIND = "checkup-cda";
    private static final String CLAIM_KIND = "other";

    private final Intake intake;
    private final Content content;
    private final Limits limits;
    private final Findings findings;
    private final @Nullable String entry;
    private final @Nullable Content container;
    private final DocumentKeys keys;
    private final Drafts drafts;
    private final Located issues;
    private final MyNumberGuard guard;

    /** @param entry name inside {@code container}; both null for a single file; container null when it is not kept */
    DocumentImport(
            Intake intake,
            Content content,
            Limits limits,
            Findings findings,
            @Nullable String entry,
            @Nullable Content container) {
        this.intake = intake;
        this.content = content;
        this.limits = limits;
        this.findings = findings;
        this.entry = entry;
        this.container = container;
        this.keys = new DocumentKeys(intake.ownNamespace(), intake.account().person(), content.sha256());
        this.drafts = new Drafts(keys, findings);
        this.issues = new Located(findings, entry);
        this.guard = new MyNumberGuard(findings, entry);
    }

    /**
     * @param attested the document contradicts the account and the person has confirmed it
     * @return consent categories of what was mapped
     */
    Set<PhrCategory> run(Header header, boolean attested) throws IOException {
        header.parts().forEach(guard::look);
        String refusal = Refusal.of(header, issues);
        if (refusal == null) {
            return map(header, header.checkupDate().orElseThrow(), attested);
        }
        return keep(header, attested);
    }

    /** Original only. */
    private Set<PhrCategory> keep(Header header, boolean attested) {
        LocalDate checkup = header.checkupDate().orElse(null);
        Originals originals = new Originals(keys, content, intake.received());
        DocumentReference reference =
                header.isClaim() ? originals.other("text/xml", "健診決済情報") : originals.document(header, checkup, false);
        drafts.add("1", reference, Originals.CATEGORIES, Labels.UNLABELLED);
        finish(new Organizations(keys, drafts), attested);
        Set<PhrCategory> about = ReportCategory.find(header.reportCode())
                .map(category -> Set.of(category.category()))
                .orElse(header.isClaim() ? Set.of(PhrCategory.CLAIMS) : Set.of());
        original(header, about);
        row(header, 0, 0, DocumentReport.Result.ORIGINAL_ONLY);
        return about;
    }

    private Set<PhrCategory> map(Header header, LocalDate checkup, boolean attested) throws IOException {
        HeaderFaults.report(header, issues);
        PhrCategory category = ReportCategory.find(header.reportCode())
                .map(ReportCategory::category)
                .orElse(null);
        DocumentContext document = new DocumentContext(keys, checkup, category, header.programCode(), drafts, issues);
        Originals originals = new Originals(keys, content, intake.received());
        drafts.add("1", originals.document(header, checkup, true), Originals.CATEGORIES, null);
        Organizations organizations = new Organizations(keys, drafts);
        organizations.facilities(header);
        encounter(document, organizations);
        Coverages coverages = new Coverages(document, organizations, new InsuranceCard(header, issues));
        coverages.insurance();
        header.ticket().ifPresent(coverages::ticket);
        Observations observations = new Observations(document);
        new CdaReader(content, limits).body(new BodyReading(document, observations, guard));
        if (category == PhrCategory.CHECKUP_SPECIFIC) {
            observations.consistency().report();
        }
        finish(organizations, attested);
        original(header, drafts.mapped());
        row(header, observations.read(), observations.mapped(), DocumentReport.Result.MAPPED);
        return drafts.mapped();
    }

    private void encounter(DocumentContext document, Organizations organizations) {
        Encounter encounter = new Encounter().setStatus(EncounterStatus.FINISHED);
        encounter.setClass_(Codings.of(CheckupSystem.ENCOUNTER_CLASS, "checkup"));
        if (document.program() != null) {
            encounter.addType(Codings.concept(CheckupSystem.PROGRAM, document.program()));
        }
        encounter.setSubject(keys.subject());
        DateTimeType day = new DateTimeType(document.date().toString());
        encounter.setPeriod(new Period().setStartElement(day).setEndElement(day.copy()));
        organizations.performer().ifPresent(encounter::setServiceProvider);
        drafts.add("1", encounter, document.with(Set.of(PhrCategory.ENCOUNTER)), null);
    }

    private void finish(Organizations organizations, boolean attested) {
        Origin origin = new Origin(intake, drafts.targets())
                .author(organizations.author())
                .enterer(intake.submitter());
        if (attested) {
            origin.attester(keys.subject());
        }
        origin.source(keys, content);
        if (container != null) {
            origin.source(new DocumentKeys(keys.ownNamespace(), keys.person(), container.sha256()), container);
        }
        drafts.add("1", origin.provenance());
    }

    private void original(Header header, Set<PhrCategory> mapped) {
        findings.original(new Original(
                header.isClaim() ? CLAIM_KIND : CDA_KIND,
                "text/xml",
                content,
                keys.id("Binary", "1"),
                keys.id("DocumentReference", "1"),
                Set.copyOf(mapped)));
    }

    private void row(Header header, int read, int mapped, DocumentReport.Result result) {
        findings.row(new DocumentReport(
                entry, header.isClaim() ? CLAIM_KIND : CDA_KIND, read, mapped, read - mapped, result));
    }

    /** Feeds the entries to the mapping. */
    private static final class BodyReading implements CdaReader.Body {

        private final DocumentContext document;
        private final Groups groups;
        private final MyNumberGuard guard;

        BodyReading(DocumentContext document, Observations observations, MyNumberGuard guard) {
            this.document = document;
            this.guard = guard;
            this.groups = new Groups(document, observations);
        }

        @Override
        public void section(Element code) {
            String system = code.code("codeSystem");
            if (code.code("code") != null && !CheckupOid.SECTION.is(String.valueOf(system))) {
                document.issues()
                        .warning("code-invalid", "N-4", "section code outside its system; taken from the code", code);
            }
        }

        @Override
        public void narrative(Element text) {
            guard.look(text);
        }

        @Override
        public void entry(@Nullable String sectionCode, Element observation) {
            guard.look(observation);
            groups.entry(sectionCode, observation);
        }
    }
}
