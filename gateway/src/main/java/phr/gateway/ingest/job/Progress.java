package phr.gateway.ingest.job;

import phr.gateway.record.Saved;

/**
 * How far a job has come; written in the transaction that stores a batch.
 *
 * @param marks what the batches so far were made of: whoever goes on must have read the same
 * @param read resources handed on so far
 * @param saved what became of them
 * @param purged of what was created, how many were deleted again
 */
public record Progress(long marks, long read, Saved saved, long purged) {

    public static final Progress NONE = new Progress(0, 0, Saved.NOTHING, 0);

    public Progress purging(long more) {
        return new Progress(marks, read, saved, purged + more);
    }
}
