package phr.fhir.normalise.other;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import phr.fhir.facts.Labels;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.DocumentReport;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.KeptOriginal;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Original;

/**
 * A file that no other format knows: PDF, image, unknown XML, text. It is kept and described, nothing is mapped, and nobody has
 * labelled it, so it is as restricted as what is not labelled (mynaportal.md §4, MYNA-R2; lifelog.md §4).
 *
 * <p>Asked last. Bytes that are neither text nor of a kind that people keep are not recognised.
 */
public final class OtherFormat implements Format {

    private static final KeptOriginal.Importer IMPORTER = new KeptOriginal.Importer("kept as received", "1");
    private static final String DOCUMENT_TYPE = "http://phr.or.jp/fhir/CodeSystem/document-type";

    @Override
    public String name() {
        return "other";
    }

    @Override
    public boolean recognises(byte[] head) {
        return Kind.of(head).isPresent();
    }

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        Kind kind = kind(intake);
        refuseMyNumber(intake, kind);
        KeptOriginal description = new KeptOriginal(
                intake,
                kind.mediaType(),
                kind.title(),
                List.of(new Coding().setSystem(DOCUMENT_TYPE).setCode("unspecified")),
                Labels.UNLABELLED,
                IMPORTER,
                null,
                null);
        findings.issue(Issue.information(
                "informational", "OTH-1", "the format is not known here: the file is kept as it is", "$"));
        findings.row(new DocumentReport(null, "other", 0, 0, 0, DocumentReport.Result.ORIGINAL_ONLY));
        findings.original(new Original(
                "other",
                kind.mediaType(),
                intake.content(),
                description.id("Binary"),
                description.id("DocumentReference"),
                Set.of()));
        findings.draft(description.documentReference());
        findings.draft(description.provenance(List.of()));
    }

    private static Kind kind(Intake intake) throws IOException {
        try (InputStream in = intake.content().open()) {
            return Kind.of(in.readNBytes(Normalisation.HEAD)).orElseThrow();
        }
    }

    /** What cannot be read cannot be masked. */
    private static void refuseMyNumber(Intake intake, Kind kind) throws IOException {
        long line = kind.text() == null ? 0 : Texts.myNumber(intake.content(), kind.text());
        if (line > 0) {
            throw Failure.of(
                            Category.INVALID,
                            "REQ-SEC-2",
                            "a text looks like a My Number, so the file is not kept",
                            "line " + line)
                    .exception();
        }
    }
}
