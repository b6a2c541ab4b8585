package phr.gateway.ingest.job.run;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import phr.consent.Capacity;
import phr.consent.Permit;
import phr.consent.StalePermitException;
import phr.gateway.access.Delivery;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.Caller;
import phr.gateway.ingest.job.Created;
import phr.gateway.ingest.job.CreatedRows;
import phr.gateway.ingest.job.Job;
import phr.gateway.ingest.job.JobRows;
import phr.gateway.ingest.job.Jobs;
import phr.gateway.ingest.job.Progress;
import phr.gateway.record.RecordStore;

/**
 * Deletes what a job has created, one resource after the other as the person deletes: earlier versions and the original's bytes
 * are kept, and what is deleted stays so when it is sent again. Decided anew by each batch.
 */
@Singleton
class Purge {

    private final RecordAccess access;
    private final RecordStore store;
    private final CreatedRows created;
    private final JobRows rows;

    Purge(RecordAccess access, RecordStore store, CreatedRows created, JobRows rows) {
        this.access = access;
        this.store = store;
        this.created = created;
        this.rows = rows;
    }

    /** Ends early, and for good, when it is not permitted any more. */
    void run(Run run) {
        Job job = run.job();
        Caller caller = Objects.requireNonNull(job.purge());
        Progress progress = job.progress();
        Optional<CreatedRows.Batch> batch = created.last(job);
        while (batch.isPresent() && !run.lost().get()) {
            Created ids = batch.get().created();
            Delivery<Long> deleted = access.deliver(
                    caller, Jobs.deletion(job), false, (permit, tally) -> Optional.of(delete(permit, ids)));
            if (!deleted.permitted()) {
                break;
            }
            progress = progress.purging(deleted.found().orElse(0L));
            created.remove(job, batch.get().number());
            if (rows.checkpoint(job, run.token(), job.batches(), job.done(), progress)
                    .isEmpty()) {
                return;
            }
            batch = created.last(job);
        }
        if (!run.lost().get()) {
            rows.purged(job, run.token(), progress);
        }
    }

    /** @throws StalePermitException when consents have changed; what is deleted is not deleted twice */
    private long delete(Permit permit, Created ids) {
        if (permit.request().capacity() != Capacity.SELF) {
            return 0;
        }
        long count = 0;
        for (Map.Entry<String, List<UUID>> type : ids.ids().entrySet()) {
            for (UUID id : type.getValue()) {
                count += store.delete(permit, type.getKey(), id) ? 1 : 0;
            }
        }
        return count;
    }
}
