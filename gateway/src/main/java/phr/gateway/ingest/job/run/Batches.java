package phr.gateway.ingest.job.run;

import phr.fhir.sample.Sample;
import phr.fhir.validate.Document;
import phr.fhir.validate.Validated;
import phr.gateway.ingest.Storing;
import phr.gateway.ingest.job.Job;
import phr.gateway.ingest.job.Progress;
import phr.gateway.ingest.job.run.StoppedException.Reason;
import phr.gateway.record.Saved;

/**
 * The batches of a job. A file is read the same way again, so whoever goes on after a crash passes over what is stored, and
 * counts go on from where they stood.
 */
final class Batches implements Storing {

    private final Checkpoints checkpoints;
    private final Run run;
    private final Standing standing;
    private final Counted content;
    private Progress progress;
    private long marks;
    private int number;

    Batches(Checkpoints checkpoints, Run run, Standing standing, Counted content) {
        this.checkpoints = checkpoints;
        this.run = run;
        this.standing = standing;
        this.content = content;
        this.progress = run.job().progress();
    }

    /** What has been stored, by this run and those before. */
    Saved saved() {
        return progress.saved();
    }

    /** @throws StoppedException when the job goes no further */
    @Override
    public Saved store(Validated batch) {
        number++;
        marks = marks * 31 + mark(batch);
        return number <= run.job().batches() ? passed(run.job()) : stored(batch);
    }

    private Saved stored(Validated batch) {
        if (run.lost().get() || run.job().cancel()) {
            throw new StoppedException(run.lost().get() ? Reason.LOST : Reason.CANCELED);
        }
        Checkpoints.Step step = new Checkpoints.Step(number, marks, content.done(), progress);
        Checkpoints.Written written = standing.with(permit -> checkpoints.write(run, permit, batch, step));
        progress = written.progress();
        if (written.canceled()) {
            throw new StoppedException(Reason.CANCELED);
        }
        return written.saved();
    }

    /** The last of those that are stored stands for all of them, if they were the same. */
    private Saved passed(Job job) {
        if (number < job.batches()) {
            return Saved.NOTHING;
        }
        if (marks != job.progress().marks()) {
            throw new StoppedException(Reason.READ_OTHERWISE);
        }
        return job.progress().saved();
    }

    /** In no order: sets may come in another one after a restart. */
    private static long mark(Validated batch) {
        long mark = batch.documents().size() + ((long) batch.samples().size() << 32);
        for (Document document : batch.documents()) {
            mark += document.facts().id().getLeastSignificantBits();
        }
        for (Sample sample : batch.samples()) {
            mark += sample.id().getLeastSignificantBits();
        }
        return mark;
    }
}
