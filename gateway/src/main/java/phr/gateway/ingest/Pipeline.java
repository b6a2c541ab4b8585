package phr.gateway.ingest;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import phr.consent.Permit;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Normalised;
import phr.fhir.normalise.Report;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;
import phr.gateway.audit.Tally;
import phr.gateway.record.RecordStore;
import phr.gateway.record.Saved;
import phr.gateway.record.Stored;

/** normalise → validate → store, batch by batch. */
@Singleton
final class Pipeline {

    private final Normalisation normalisation;
    private final Validator validator;
    private final RecordStore store;

    Pipeline(Normalisation normalisation, Validator validator, RecordStore store) {
        this.normalisation = normalisation;
        this.validator = validator;
        this.store = store;
    }

    /** What came of one file. */
    record Outcome(Report report, List<Issue> issues, Saved saved) {}

    /** The same way for files that others recognise. */
    Pipeline of(Normalisation other) {
        return new Pipeline(other, validator, store);
    }

    /** Refuses junk by its first bytes. */
    void check(byte[] head, @org.jspecify.annotations.Nullable String format) {
        normalisation.check(head, format);
    }

    /**
     * Each batch is a transaction, unless one is open.
     *
     * @throws phr.fhir.failure.FailureException when the file is refused; then nothing was stored
     */
    Outcome run(Permit permit, Tally tally, Intake intake) {
        return run(permit, tally, intake, stored -> {});
    }

    /** The same, and tells of each resource what became of it. */
    Outcome run(Permit permit, Tally tally, Intake intake, Consumer<Stored> each) {
        Run run = new Run(permit, tally, each);
        try {
            Report report = normalisation.normalise(intake, validator::pack, run::accept);
            List<Issue> issues = new ArrayList<>(report.contradictions());
            issues.addAll(report.issues());
            issues.addAll(run.issues);
            return new Outcome(report, issues, run.saved);
        } catch (IOException e) {
            throw new UncheckedIOException("spooled file cannot be read", e);
        }
    }

    private final class Run {

        private final Permit permit;
        private final Tally tally;
        private final Consumer<Stored> each;
        private final List<Issue> issues = new ArrayList<>();
        private Saved saved = Saved.NOTHING;

        Run(Permit permit, Tally tally, Consumer<Stored> each) {
            this.permit = permit;
            this.tally = tally;
            this.each = each;
            tally.restart();
        }

        void accept(Normalised batch) {
            Validated validated = validator.validate(batch);
            issues.addAll(validated.issues());
            saved = saved.plus(store.save(permit, validated, each));
            Received.count(tally, validated);
        }
    }
}
