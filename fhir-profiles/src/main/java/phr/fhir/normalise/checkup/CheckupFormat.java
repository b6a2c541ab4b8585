package phr.fhir.normalise.checkup;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.DocumentReport;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.xml.XmlText;

/**
 * 特定健診 and related checkups: one CDA document, or the official ZIP (checkup-cda.md).
 *
 * <p>Refuses with {@code MALFORMED} what is damaged or hostile and with {@code TOO_LARGE} what exceeds the limits (§5.3).
 */
public final class CheckupFormat implements Format {

    private static final List<String> MARKS = List.of(
            "ClinicalDocument",
            "urn:hl7-org:v3",
            "tokuteikenshin.jp",
            "mhlw.go.jp/stf/seisakunitsuite/bunya/0000161103");

    private final Limits limits;

    public CheckupFormat() {
        this(Limits.DEFAULT);
    }

    CheckupFormat(Limits limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "checkup";
    }

    @Override
    public boolean recognises(byte[] head) {
        if (isZip(head)) {
            return true;
        }
        String text = XmlText.peek(head);
        return MARKS.stream().anyMatch(text::contains);
    }

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        byte[] head;
        try (InputStream in = intake.content().open()) {
            head = in.readNBytes(4);
        }
        if (isZip(head)) {
            new ArchiveImport(intake, findings, limits).run();
        } else {
            document(intake, findings);
        }
    }

    private void document(Intake intake, Findings findings) throws IOException {
        if (intake.content().size() > limits.documentBytes()) {
            throw Failure.of(Category.TOO_LARGE, "N-10", "the document is too large")
                    .exception();
        }
        Header header = new CdaReader(intake.content(), limits).header();
        if (!header.isCda() && !header.isClaim()) {
            throw Failure.of(Category.MALFORMED, "CDA-5.3", "not a checkup document", header.root().path)
                    .exception();
        }
        List<Issue> contradictions = new Identity(header).contradictions(intake.account());
        if (!contradictions.isEmpty() && !intake.confirmed()) {
            findings.row(new DocumentReport(null, "checkup-cda", 0, 0, 0, DocumentReport.Result.HELD));
            findings.hold(contradictions);
            return;
        }
        new DocumentImport(intake, intake.content(), limits, findings, null, null)
                .run(header, !contradictions.isEmpty());
    }

    private static boolean isZip(byte[] head) {
        return head.length >= 4 && head[0] == 'P' && head[1] == 'K' && (head[2] == 3 || head[2] == 5);
    }
}
