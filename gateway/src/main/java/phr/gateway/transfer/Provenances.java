package phr.gateway.transfer;

import java.util.Locale;
import java.util.Objects;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Report;
import phr.gateway.audit.Source;
import phr.gateway.record.Saved;
import phr.portability.ImportResult;

/** Where a package came from, for the ledger of receipts (APPI 30): another provider, by the person who has an account at both. */
final class Provenances {

    private static final String UNNAMED = "unnamed";

    private Provenances() {}

    static Source of(Intake intake, ImportResult result, Saved saved) {
        return source(
                intake,
                Objects.requireNonNullElse(result.provider(), UNNAMED),
                result.origin().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                saved,
                result.unchanged(),
                result.rejected(),
                false);
    }

    static Source held(Intake intake, Report report) {
        return source(intake, UNNAMED, report.format(), Saved.NOTHING, 0, 0, true);
    }

    private static Source source(
            Intake intake, String provider, String format, Saved saved, int unchanged, int rejected, boolean held) {
        return new Source(
                provider,
                null,
                "PACKAGE_OF_PROVIDER",
                "SELF",
                format,
                intake.content().sha256().hex(),
                intake.content().size(),
                saved.created(),
                saved.updated(),
                unchanged + saved.duplicates(),
                rejected,
                held);
    }
}
