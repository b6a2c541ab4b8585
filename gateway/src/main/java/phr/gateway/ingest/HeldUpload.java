package phr.gateway.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Report;

/**
 * A file that waits for the person, without its bytes.
 *
 * @param format name the sender insisted on
 * @param family name of the format that read it
 * @param issues why it waits
 */
record HeldUpload(String sha256, long size, @Nullable String format, String family, Sender sender, List<Issue> issues) {

    static HeldUpload of(Intake intake, Sender sender, Report report) {
        return new HeldUpload(
                intake.content().sha256().hex(),
                intake.content().size(),
                intake.format(),
                report.format(),
                sender,
                report.contradictions());
    }

    Sha256 digest() {
        return new Sha256(sha256);
    }
}
