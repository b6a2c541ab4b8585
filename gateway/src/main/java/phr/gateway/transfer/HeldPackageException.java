package phr.gateway.transfer;

import java.io.Serial;
import phr.fhir.normalise.Report;

/** The package contradicts the account: rolls back what was read of it. */
final class HeldPackageException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Report report;

    HeldPackageException(Report report) {
        super("package held");
        this.report = report;
    }

    Report report() {
        return report;
    }
}
