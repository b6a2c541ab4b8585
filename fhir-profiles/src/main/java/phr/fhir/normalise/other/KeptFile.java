package phr.fhir.normalise.other;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.DocumentReport;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.KeptOriginal;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Original;

/**
 * A file that is kept and described and of which nothing is mapped (mynaportal.md §4, MYNA-R2). Nobody has labelled it, so it is as
 * restricted as what is not labelled.
 */
public final class KeptFile {

    private static final String DOCUMENT_TYPE = "http://phr.or.jp/fhir/CodeSystem/document-type";

    /**
     * What is known of the file.
     *
     * @param title for people, in Japanese; null = its media type tells
     * @param type code of the document in {@code http://phr.or.jp/fhir/CodeSystem/document-type}
     * @param categories consent categories of what is in it; empty = nobody knows
     * @param importer what decided so, and its version
     */
    public record About(
            @Nullable String title, String type, Set<PhrCategory> categories, KeptOriginal.Importer importer) {}

    private KeptFile() {}

    /** Whether a beginning is text or of a kind that people keep. */
    public static boolean recognises(byte[] head) {
        return FileKind.of(head).isPresent();
    }

    /**
     * Keeps a file that is {@link #recognises recognised}.
     *
     * @throws phr.fhir.failure.FailureException INVALID when a text looks like a My Number: what cannot be read cannot be masked
     */
    public static void keep(Intake intake, Findings findings, About about) throws IOException {
        FileKind kind = kind(intake);
        refuseMyNumber(intake, kind);
        KeptOriginal description = new KeptOriginal(
                intake,
                kind.mediaType(),
                about.title() == null ? kind.title() : about.title(),
                List.of(new Coding().setSystem(DOCUMENT_TYPE).setCode(about.type())),
                Labels.UNLABELLED,
                about.importer(),
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
                about.categories()));
        findings.draft(description.documentReference());
        findings.draft(description.provenance(List.of()));
    }

    private static FileKind kind(Intake intake) throws IOException {
        try (InputStream in = intake.content().open()) {
            return FileKind.of(in.readNBytes(Normalisation.HEAD)).orElseThrow();
        }
    }

    private static void refuseMyNumber(Intake intake, FileKind kind) throws IOException {
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
