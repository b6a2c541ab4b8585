package phr.gateway.ingest;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Normalised;
import phr.fhir.normalise.Report;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;
import phr.gateway.audit.Tally;
import phr.gateway.record.Saved;

/** normalise → validate → store, batch by batch. */
@Singleton
final class Pipeline {

    /** More findings about resources than anybody reads; the rest is counted. */
    private static final int MOST_ISSUES = 10_000;

    private final Normalisation normalisation;
    private final Validator validator;

    Pipeline(Normalisation normalisation, Validator validator) {
        this.normalisation = normalisation;
        this.validator = validator;
    }

    /**
     * What came of one file.
     *
     * @param rejected how many records are not taken as they are, each once, by rule
     */
    record Outcome(Report report, List<Issue> issues, Map<String, Long> rejected, Saved saved) {

        /** When it is stored after all of it has been read. */
        Outcome storing(Saved saved) {
            return new Outcome(report, issues, rejected, saved);
        }
    }

    /** The same way for files that others recognise. */
    Pipeline of(Normalisation other) {
        return new Pipeline(other, validator);
    }

    /**
     * Refuses junk by its first bytes.
     *
     * @return name of the format
     */
    String check(byte[] head, @Nullable String format) {
        return normalisation.check(head, format);
    }

    /**
     * @param storing each batch, in order
     * @throws phr.fhir.failure.FailureException when the file is refused; then nothing was stored
     */
    Outcome run(Tally tally, Intake intake, Storing storing) {
        Run run = new Run(tally, storing);
        return run.outcome(normalise(intake, batch -> run.store(run.checked(batch))));
    }

    /** The same for a large file: the next batch is read while one is stored. */
    Outcome runAhead(Tally tally, Intake intake, Storing storing) {
        Run run = new Run(tally, storing);
        ReadAhead<Validated> batches = new ReadAhead<>();
        return run.outcome(batches.run(() -> normalise(intake, batch -> batches.add(run.checked(batch))), run::store));
    }

    private Report normalise(Intake intake, Consumer<Normalised> batches) {
        try {
            return normalisation.normalise(intake, validator::pack, batches);
        } catch (IOException e) {
            throw new UncheckedIOException("spooled file cannot be read", e);
        }
    }

    private final class Run {

        private final Tally tally;
        private final Storing storing;
        private final List<Issue> issues = new ArrayList<>();
        private final Map<String, Long> rejected = new TreeMap<>();
        private long unlisted;
        private Saved saved = Saved.NOTHING;

        Run(Tally tally, Storing storing) {
            this.tally = tally;
            this.storing = storing;
            tally.restart();
        }

        Validated checked(Normalised batch) {
            Validated validated = validator.validate(batch);
            Set<String> places = new HashSet<>();
            validated.issues().forEach(issue -> found(issue, places));
            return validated;
        }

        void store(Validated batch) {
            saved = saved.plus(storing.store(batch));
            Received.count(tally, batch);
        }

        Outcome outcome(Report report) {
            List<Issue> all = new ArrayList<>(report.contradictions());
            all.addAll(report.issues());
            all.addAll(issues());
            report.rejected().forEach((rule, count) -> rejected.merge(rule, count, Long::sum));
            return new Outcome(report, all, rejected, saved);
        }

        /** @param places of the batch in which something was found before: a record is rejected once */
        private void found(Issue issue, Set<String> places) {
            boolean error = issue.severity() == Issue.Severity.ERROR;
            if (error
                    && (issue.expressions().isEmpty()
                            || places.add(issue.expressions().get(0)))) {
                rejected.merge(issue.rule(), 1L, Long::sum);
            }
            if (issues.size() < MOST_ISSUES) {
                issues.add(issue);
            } else {
                unlisted++;
            }
        }

        private List<Issue> issues() {
            if (unlisted > 0) {
                issues.add(Issue.warning(
                        "informational", "ING-2", "findings that are not listed one by one: " + unlisted));
            }
            return issues;
        }
    }
}
