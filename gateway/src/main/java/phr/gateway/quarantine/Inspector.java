package phr.gateway.quarantine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.conformance.Finding;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.gateway.quarantine.QuarantineRows.Entry;
import phr.gateway.record.QuarantineStore;
import phr.gateway.record.QuarantineStore.Subject;
import phr.gateway.record.RecordStore;
import phr.gateway.validation.StoredValidation;

/**
 * Takes what waits longest, validates it, and writes down what was found in one transaction with the labels: a run that is cut off
 * anywhere is done again. Of a person who was erased meanwhile nothing is written.
 */
@Singleton
class Inspector {

    private static final Logger LOG = Logger.getLogger(Inspector.class);

    /** Resources in memory. */
    private static final int PAGE = 10;

    /** After so many takes without an end each resource is taken alone, and then no more. */
    private static final int MOST_TAKES = 4;

    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final Duration FAULT = Duration.ofSeconds(10);

    private static final Finding NOT_VALIDATED = new Finding(
            Issue.Severity.ERROR, "not-validated", "the validator does not come to an end with it", "(unknown)");

    private final ValidationQueue queue;
    private final QuarantineRows rows;
    private final QuarantineStore labels;
    private final RecordStore store;
    private final StoredValidation validation;
    private final QuarantineConfig config;
    private final Counter validated;
    private final Counter failed;

    Inspector(
            ValidationQueue queue,
            QuarantineRows rows,
            QuarantineStore labels,
            RecordStore store,
            StoredValidation validation,
            QuarantineConfig config,
            MeterRegistry metrics) {
        this.queue = queue;
        this.rows = rows;
        this.labels = labels;
        this.store = store;
        this.validation = validation;
        this.config = config;
        this.validated = metrics.counter("phr.quarantine.validated");
        this.failed = metrics.counter("phr.quarantine.failed");
    }

    /** @return whether there was something to do */
    boolean inspectOne() {
        return inspectOne(null);
    }

    /** @param only this person's; null = whose turn it is */
    @ActivateRequestContext
    boolean inspectOne(@Nullable PersonId only) {
        UUID token = UUID.randomUUID();
        Optional<Waiting> taken = queue.take(token, only);
        taken.ifPresent(waiting -> inspect(waiting, token));
        return taken.isPresent();
    }

    private void inspect(Waiting waiting, UUID token) {
        try {
            if (waiting.takes() == MOST_TAKES && waiting.ids().size() > 1) {
                store.together(() -> {
                    if (queue.done(waiting, token)) {
                        queue.alone(waiting);
                    }
                    return true;
                });
                return;
            }
            Map<Subject, List<Finding>> found = new LinkedHashMap<>();
            subjects(waiting, found);
            store.together(() -> {
                if (queue.done(waiting, token)) {
                    settle(waiting, found);
                }
                return true;
            });
        } catch (FailureException e) {
            boolean busy = e.failure().category() == Category.BUSY;
            queue.release(waiting, token, busy ? BUSY : FAULT);
        } catch (RuntimeException e) {
            // its message may quote rows
            LOG.warnf("a validation cannot go on now: %s", e.getClass().getSimpleName());
            queue.release(waiting, token, FAULT);
        }
    }

    /** Content is in memory a page at a time; what is remembered of a resource is which it is and what was found. */
    private void subjects(Waiting waiting, Map<Subject, List<Finding>> found) {
        if (waiting.series() != null) {
            labels.series(waiting.person(), waiting.series(), waiting.ids().get(0))
                    .ifPresent(series -> found.put(without(series), errors(waiting, series)));
            return;
        }
        for (int from = 0; from < waiting.ids().size(); from += PAGE) {
            List<UUID> page = waiting.ids()
                    .subList(from, Math.min(from + PAGE, waiting.ids().size()));
            for (Subject subject : labels.current(waiting.person(), waiting.type(), page)) {
                found.put(without(subject), errors(waiting, subject));
            }
        }
    }

    private static Subject without(Subject subject) {
        return new Subject(subject.type(), subject.id(), subject.version(), subject.series(), new byte[0]);
    }

    private List<Finding> errors(Waiting waiting, Subject subject) {
        if (waiting.takes() > MOST_TAKES) {
            return List.of(NOT_VALIDATED);
        }
        pause();
        List<Finding> errors;
        try {
            errors = validation.errors(subject.json());
        } catch (FailureException e) {
            Category category = e.failure().category();
            if (category == Category.BUSY || waiting.takes() < MOST_TAKES && category != Category.MALFORMED) {
                throw e;
            }
            errors = List.of(NOT_VALIDATED);
        }
        validated.increment();
        if (!errors.isEmpty()) {
            failed.increment();
        }
        return errors;
    }

    private void pause() {
        try {
            Thread.sleep(1000L / Math.max(1, config.rate()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the gateway stops");
        }
    }

    private void settle(Waiting waiting, Map<Subject, List<Finding>> found) {
        PersonId person = waiting.person();
        Map<UUID, Entry> known = rows.of(person, waiting.type(), waiting.ids()).stream()
                .collect(Collectors.toMap(Entry::resource, entry -> entry));
        List<Subject> wrong = new ArrayList<>();
        List<Subject> right = new ArrayList<>();
        Set<UUID> gone = new HashSet<>(known.keySet());
        found.forEach((subject, errors) -> {
            Entry entry = known.get(subject.id());
            gone.remove(subject.id());
            if (!errors.isEmpty() && !(entry != null && entry.released() && entry.version() == subject.version())) {
                wrong.add(subject);
            } else if (errors.isEmpty() && entry != null) {
                right.add(subject);
            }
        });
        Set<UUID> labelled = labels.label(person, wrong, true);
        wrong.stream()
                .filter(subject -> labelled.contains(subject.id()))
                .forEach(subject ->
                        rows.put(person, subject, found.getOrDefault(subject, List.of()), validation.edition()));
        Set<UUID> released = labels.label(person, right, false);
        released.addAll(gone);
        rows.remove(person, waiting.type(), released);
    }
}
