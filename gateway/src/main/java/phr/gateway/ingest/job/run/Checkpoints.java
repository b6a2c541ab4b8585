package phr.gateway.ingest.job.run;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import phr.consent.Permit;
import phr.fhir.validate.Document;
import phr.fhir.validate.Validated;
import phr.gateway.ingest.job.Created;
import phr.gateway.ingest.job.CreatedRows;
import phr.gateway.ingest.job.JobRows;
import phr.gateway.ingest.job.Progress;
import phr.gateway.ingest.job.run.StoppedException.Reason;
import phr.gateway.record.RecordStore;
import phr.gateway.record.Saved;
import phr.gateway.record.Stored;

/** Stores a batch, what it has created, and how far the job has come, in one transaction. */
@Singleton
class Checkpoints {

    private static final String OF_SAMPLES = "Observation";

    private final RecordStore store;
    private final JobRows rows;
    private final CreatedRows created;

    Checkpoints(RecordStore store, JobRows rows, CreatedRows created) {
        this.store = store;
        this.rows = rows;
        this.created = created;
    }

    /**
     * @param number of the batch, from 1
     * @param marks of all batches so far
     * @param done bytes that have been read
     */
    record Step(int number, long marks, long done, Progress before) {

        Progress after(Validated batch, Saved saved) {
            long read =
                    before.read() + batch.documents().size() + batch.samples().size();
            return new Progress(marks, read, before.saved().plus(saved), 0);
        }
    }

    /**
     * What a batch did.
     *
     * @param canceled somebody wants the job to stop
     */
    record Written(Saved saved, Progress progress, boolean canceled) {}

    /** @throws StoppedException LOST when the job is somebody else's by now; then nothing is stored */
    Written write(Run run, Permit permit, Validated batch, Step step) {
        return store.together(() -> {
            Created ids = new Created();
            Map<UUID, String> types = types(batch);
            Saved saved = store.save(permit, batch, one -> {
                if (one.change() == Stored.Change.CREATED) {
                    ids.add(types.getOrDefault(one.proposed(), OF_SAMPLES), one.id());
                }
            });
            originals(batch, ids);
            created.insert(run.job(), step.number(), ids);
            Progress progress = step.after(batch, saved);
            boolean canceled = rows.checkpoint(run.job(), run.token(), step.number(), step.done(), progress)
                    .orElseThrow(() -> new StoppedException(Reason.LOST));
            return new Written(saved, progress, canceled);
        });
    }

    /** An original goes with its description. */
    private static void originals(Validated batch, Created ids) {
        List<UUID> described = ids.ids().getOrDefault("DocumentReference", List.of());
        batch.originals().stream()
                .filter(original -> described.contains(original.documentReference()))
                .forEach(original -> ids.add("Binary", original.binary()));
    }

    private static Map<UUID, String> types(Validated batch) {
        Map<UUID, String> types = new HashMap<>();
        for (Document document : batch.documents()) {
            types.put(document.facts().id(), document.facts().type());
        }
        return types;
    }
}
