package phr.gateway.ingest.job.run;

import java.util.function.Function;
import phr.consent.Permit;
import phr.consent.StalePermitException;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.access.RecordAccess;
import phr.gateway.ingest.job.Origin;

/**
 * The permit of work that lasts: when consents have changed since it was made, or its time is over, the question is asked again
 * (consent-semantics.md §15).
 */
final class Standing {

    /** Consents do not change faster than batches are stored; what seems so is a fault. */
    private static final int ATTEMPTS = 20;

    private final RecordAccess access;
    private final Origin origin;
    private Permit permit;

    Standing(RecordAccess access, Origin origin, Permit permit) {
        this.access = access;
        this.origin = origin;
        this.permit = permit;
    }

    /**
     * @param work is done anew with the new permit
     * @throws StoppedException NOT_PERMITTED when the answer is no by now
     * @throws phr.fhir.failure.FailureException UNAVAILABLE when it is never the same
     */
    <T> T with(Function<Permit, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.apply(permit);
            } catch (StalePermitException e) {
                if (attempt == ATTEMPTS) {
                    throw Failure.of(Category.UNAVAILABLE, "stale", "the person is changing her consents")
                            .exception();
                }
                permit = access.again(origin.caller(), origin.ask())
                        .orElseThrow(() -> new StoppedException(StoppedException.Reason.NOT_PERMITTED));
            }
        }
    }
}
