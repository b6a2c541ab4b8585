package phr.fhir.normalise.medication;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.DocumentReport;
import phr.fhir.normalise.DocumentReport.Result;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.medication.part.Faults;
import phr.fhir.normalise.medication.part.Upload;
import phr.fhir.normalise.medication.part.WrittenLine;
import phr.fhir.normalise.medication.record.Block;
import phr.fhir.normalise.medication.record.Notebook;
import phr.fhir.normalise.medication.record.NotebookRecord;
import phr.fhir.text.MyNumber;

/**
 * Whose notebooks an upload holds, and what is kept and mapped of them (checkup-cda.md §5.2, S-14). Of several people's notebooks
 * only the account holder's are kept.
 */
final class NotebookImport {

    private static final String KIND = "jahis";
    private static final String TEXT = "text/plain";
    private static final String ZIP = "application/zip";

    private final Intake intake;
    private final Findings findings;
    private boolean myNumber;

    NotebookImport(Intake intake, Findings findings) {
        this.intake = intake;
        this.findings = findings;
    }

    void run(Upload upload) throws IOException {
        List<Candidate> all = upload.texts().stream()
                .map(text -> Candidate.of(text, intake.account()))
                .toList();
        List<Candidate> own = own(all);
        if (own == null) {
            return;
        }
        if (!own.isEmpty()) {
            upload.remarks().forEach(findings::issue);
            keep(own, own.size() == all.size());
        }
        others(all.size() - own.size());
    }

    /** @return null when the file is held */
    private @Nullable List<Candidate> own(List<Candidate> all) {
        List<Candidate> equal =
                all.stream().filter(candidate -> !candidate.contradicts()).toList();
        boolean somebodyElse = equal.size() < all.size();
        List<Candidate> named = equal.stream().filter(Candidate::identified).toList();
        if (!somebodyElse || !named.isEmpty()) {
            return somebodyElse ? named : equal;
        }
        Set<String> persons = all.stream()
                .filter(Candidate::identified)
                .map(Candidate::person)
                .collect(Collectors.toCollection(HashSet::new));
        if (persons.size() > 1) {
            return List.of();
        }
        if (intake.confirmed()) {
            return all;
        }
        all.forEach(candidate -> findings.row(row(candidate, 0, 0, Result.HELD)));
        findings.hold(all.stream()
                .filter(Candidate::contradicts)
                .findFirst()
                .orElseThrow()
                .contradictions());
        return null;
    }

    /** @param whole nobody else's notebook is in the upload, so the upload itself is the original */
    private void keep(List<Candidate> own, boolean whole) throws IOException {
        NotebookDrafts drafts = new NotebookDrafts(intake, findings);
        TreeSet<LocalDate> dates = new TreeSet<>();
        boolean attested = false;
        for (Candidate candidate : own) {
            look(candidate.lines());
            map(candidate, drafts);
            candidate.notebook().blocks().stream()
                    .map(Block::date)
                    .flatMap(Optional::stream)
                    .forEach(dates::add);
            attested |= candidate.contradicts();
            if (!whole) {
                Content content = Content.of(candidate.text().original());
                propose(new NotebookOriginal(intake, content, TEXT), drafts, dates, attested);
                dates.clear();
            }
        }
        if (whole) {
            propose(new NotebookOriginal(intake, intake.content(), mediaType()), drafts, dates, attested);
        }
    }

    private void propose(NotebookOriginal original, NotebookDrafts drafts, TreeSet<LocalDate> dates, boolean attested) {
        LocalDate first = dates.isEmpty() ? null : dates.first();
        LocalDate last = dates.isEmpty() ? null : dates.last();
        original.propose(findings, drafts, first, last, attested);
    }

    private String mediaType() throws IOException {
        try (InputStream in = intake.content().open()) {
            return Upload.archive(in.readNBytes(4)) ? ZIP : TEXT;
        }
    }

    private void map(Candidate candidate, NotebookDrafts drafts) {
        Notebook notebook = candidate.notebook();
        if (!candidate.whole()) {
            findings.row(row(candidate, 0, notebook.lines(), Result.ORIGINAL_ONLY));
            return;
        }
        Faults faults = candidate.faults();
        Facilities facilities = new Facilities(drafts);
        HeadMapping head = new HeadMapping(drafts, facilities, faults);
        NotebookRecord patient = notebook.patient();
        if (patient != null) {
            head.patient(patient, notebook.byPatient());
        }
        notebook.remarks().forEach(head::remark);
        OtcMapping otc = new OtcMapping(drafts, faults);
        notebook.otc().forEach(otc::map);
        Notes notes = new Notes(drafts);
        notebook.memos()
                .forEach(memo -> notes.communication(
                        memo,
                        drafts.author(memo.creator(), null),
                        "",
                        memo.date("date").orElse(null),
                        List.of()));
        notebook.blocks().forEach(block -> new BlockMapping(drafts, facilities, block, faults).map());
        notebook.pharmacists().forEach(head::pharmacist);
        faults.tell(findings);
        int left = Math.min(faults.leftOut(), notebook.lines());
        Result result = notebook.lines() == left ? Result.ORIGINAL_ONLY : Result.MAPPED;
        findings.row(row(candidate, notebook.lines() - left, left, result));
    }

    private static DocumentReport row(Candidate candidate, int mapped, int left, Result result) {
        return new DocumentReport(candidate.text().place().entry(), KIND, mapped + left, mapped, left, result);
    }

    /** In text that becomes nothing the validator would not see it (regulation.md REQ-SEC-2). */
    private void look(List<WrittenLine> lines) {
        for (WrittenLine line : lines) {
            if (!myNumber && MyNumber.in(joined(line))) {
                myNumber = true;
                findings.refuseOriginal(line.place()
                        .issue(
                                Issue.Severity.ERROR,
                                "business-rule",
                                "REQ-SEC-2",
                                "looks like a My Number; the original is not kept: mask it and send the file again"));
            }
        }
    }

    private static String joined(WrittenLine line) {
        return line.fields().stream().map(field -> Objects.toString(field, "")).collect(Collectors.joining(","));
    }

    /** Notebooks of other people: their number, nothing else. */
    private void others(int number) {
        for (int i = 0; i < number; i++) {
            findings.row(new DocumentReport(null, KIND, 0, 0, 0, Result.OTHER_PERSON));
        }
        if (number > 0) {
            findings.issue(Issue.information(
                    "business-rule", "CDA-5.1", number + " notebooks of other persons were not kept"));
        }
    }
}
