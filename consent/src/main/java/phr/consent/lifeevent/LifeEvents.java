package phr.consent.lifeevent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.evidence.Evidence;
import phr.consent.evidence.EvidenceLedger;
import phr.consent.ledger.ConsentEpochs;
import phr.consent.lifecourse.Life;
import phr.consent.lifecourse.LifeEvent;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/**
 * Reports of life events and what became of them (consent-semantics.md §9, §11). Every change bumps the epoch in its transaction; a
 * reported death therefore freezes with the very next decision.
 */
@ApplicationScoped
@Transactional
public class LifeEvents {

    private final LifeEventRows rows;
    private final EvidenceLedger evidence;
    private final ConsentEpochs epochs;
    private final Instance<BirthDates> birthDates;
    private final Event<LifeEventChange> changes;
    private final Clock clock;

    LifeEvents(
            LifeEventRows rows,
            EvidenceLedger evidence,
            ConsentEpochs epochs,
            Instance<BirthDates> birthDates,
            Event<LifeEventChange> changes,
            Clock clock) {
        this.rows = rows;
        this.evidence = evidence;
        this.epochs = epochs;
        this.birthDates = birthDates;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Records a report. A report that is still open answers the second reporter.
     *
     * @throws FailureException INVALID for an event in the future, or a change of custody that names no authority
     */
    public RecordedLifeEvent report(PersonId person, Report report, String reporter) {
        Instant now = now();
        Instant effective =
                report.effectiveAt() == null ? now : report.effectiveAt().truncatedTo(ChronoUnit.MICROS);
        require(report, effective, now);
        epochs.lock(person);
        Optional<RecordedLifeEvent> same = rows.of(person, Instant.MAX).stream()
                .filter(event -> event.acts().isEmpty() && event.type() == report.type())
                .filter(event ->
                        report.authority() == null || report.authority().equals(event.authority()))
                .findFirst();
        return same.orElseGet(() -> add(person, report, effective, reporter, now));
    }

    /**
     * The operator confirms a report.
     *
     * @throws FailureException NOT_FOUND, CONFLICT when it was withdrawn
     */
    public RecordedLifeEvent verify(UUID id, Evidence proof, String operator) {
        return act(id, RecordedLifeEvent.ActType.VERIFIED, null, proof, operator);
    }

    /**
     * The operator takes a report back: all stands again as if it had never been made, and the ledger shows both.
     *
     * @throws FailureException NOT_FOUND
     */
    public RecordedLifeEvent withdraw(UUID id, @Nullable String reason, @Nullable Evidence proof, String operator) {
        return act(id, RecordedLifeEvent.ActType.WITHDRAWN, reason, proof, operator);
    }

    /** The operator has seen the birth date in the evidence of something else. */
    public void birthDateSeen(PersonId person, Evidence proof, String operator) {
        Report report = new Report(LifeEvent.Type.BIRTH_DATE_CONFIRMED, null, null, null);
        verify(report(person, report, operator).id(), proof, operator);
    }

    /** Every report about the person as far as it was known, oldest first. */
    public List<RecordedLifeEvent> of(PersonId person, Instant known) {
        return rows.of(person, known);
    }

    /** The life as far as it was known: for the engine. */
    public Life life(PersonId person, Instant known) {
        List<LifeEvent> events = rows.of(person, known).stream()
                .filter(event -> !event.withdrawn())
                .map(RecordedLifeEvent::event)
                .toList();
        boolean verified = events.stream()
                .anyMatch(event -> event.type() == LifeEvent.Type.BIRTH_DATE_CONFIRMED && event.verified());
        return new Life(birthDate(person), verified, events);
    }

    /** Whether every row of the person still is what was written. */
    public boolean intact(PersonId person) {
        return rows.intact(person);
    }

    private @Nullable LocalDate birthDate(PersonId person) {
        return birthDates.isResolvable() ? birthDates.get().of(person).orElse(null) : null;
    }

    private RecordedLifeEvent add(PersonId person, Report report, Instant effective, String reporter, Instant now) {
        LifeEventRow row = new LifeEventRow();
        row.id = Ids.v7(clock);
        row.type = report.type().name();
        row.effectiveAt = effective;
        row.reportedBy = reporter;
        row.authorityId = report.authority();
        row.evidenceId = report.evidence() == null ? null : evidence.keep(person, report.evidence(), reporter, now);
        rows.add(row, person, now);
        return changed(person, row.id, LifeEventChange.Kind.REPORTED);
    }

    private RecordedLifeEvent act(
            UUID id,
            RecordedLifeEvent.ActType type,
            @Nullable String reason,
            @Nullable Evidence proof,
            String operator) {
        Instant now = now();
        PersonId person = rows.owner(id).orElseThrow(LifeEvents::notFound);
        epochs.lock(person);
        RecordedLifeEvent before = read(person, id);
        boolean verify = type == RecordedLifeEvent.ActType.VERIFIED;
        if (verify ? before.verified() : before.withdrawn()) {
            return before;
        }
        if (verify && before.withdrawn()) {
            throw Failure.of(Category.CONFLICT, "CS-11", "the report was withdrawn; report it again")
                    .exception();
        }
        LifeEventAct row = new LifeEventAct();
        row.lifeEventId = id;
        row.number = before.acts().size() + 1;
        row.type = type.name();
        row.actor = operator;
        row.reason = reason;
        row.evidenceId = proof == null ? null : evidence.keep(person, proof, operator, now);
        rows.add(row, person, now);
        return changed(person, id, verify ? LifeEventChange.Kind.VERIFIED : LifeEventChange.Kind.WITHDRAWN);
    }

    private RecordedLifeEvent changed(PersonId person, UUID id, LifeEventChange.Kind kind) {
        epochs.bump(person);
        RecordedLifeEvent event = read(person, id);
        changes.fire(new LifeEventChange(kind, event));
        return event;
    }

    private RecordedLifeEvent read(PersonId person, UUID id) {
        return rows.of(person, Instant.MAX).stream()
                .filter(event -> event.id().equals(id))
                .findFirst()
                .orElseThrow(LifeEvents::notFound);
    }

    private static void require(Report report, Instant effective, Instant now) {
        if (effective.isAfter(now) && report.type() != LifeEvent.Type.SERVICE_END) {
            throw Failure.of(Category.INVALID, "CS-11", "has not happened yet", "/effectiveAt")
                    .exception();
        }
        boolean custody = report.type() == LifeEvent.Type.CUSTODY_CHANGE;
        if (custody != (report.authority() != null)) {
            throw Failure.of(
                            Category.INVALID,
                            "CS-11",
                            "a change of custody, and only it, names whose ends",
                            "/authority")
                    .exception();
        }
    }

    private static FailureException notFound() {
        return Failure.of(Category.NOT_FOUND, "CS-11", "no such life event").exception();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
