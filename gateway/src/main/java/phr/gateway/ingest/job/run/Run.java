package phr.gateway.ingest.job.run;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import phr.gateway.ingest.job.Job;

/**
 * One run of a job.
 *
 * @param job as it was taken
 * @param token by which it is known whose it is
 * @param lost set when it is known to be somebody else's by now
 */
record Run(Job job, UUID token, AtomicBoolean lost) {

    static Run of(Job job, UUID token) {
        return new Run(job, token, new AtomicBoolean());
    }
}
