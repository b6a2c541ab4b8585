package phr.gateway.emergency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import phr.consent.ledger.ConsentEpochs;
import phr.consent.reminder.Reminder.Kind;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.emergency.EmergencySession.Event;
import phr.gateway.emergency.EmergencySession.Type;
import phr.gateway.people.Standings;
import phr.gateway.record.PersonKeys;

/** Every session is reviewed within 72 hours by an operator who had no part in it; misuse suspends the organisation. */
@ApplicationScoped
@Transactional
class Reviews {

    private static final int MOST = 500;

    /** What a review finds. */
    enum Outcome {
        JUSTIFIED,
        MISUSE
    }

    private final SessionRows rows;
    private final Standings standings;
    private final ConsentEpochs epochs;
    private final PersonKeys keys;
    private final Readers readers;
    private final Clock clock;

    Reviews(
            SessionRows rows,
            Standings standings,
            ConsentEpochs epochs,
            PersonKeys keys,
            Readers readers,
            Clock clock) {
        this.rows = rows;
        this.standings = standings;
        this.epochs = epochs;
        this.keys = keys;
        this.readers = readers;
        this.clock = clock;
    }

    /** A session that waits for its review. */
    record Waiting(
            UUID id,
            String organisation,
            String user,
            EmergencySession.Reason reason,
            String text,
            String identityMethod,
            String step,
            boolean renewed,
            Instant openedAt,
            Instant closesAt,
            Instant dueAt,
            boolean overdue) {}

    /** Oldest first. */
    List<Waiting> waiting() {
        return rows.unreviewed(MOST).stream().map(this::waiting).toList();
    }

    private Waiting waiting(EmergencySession session) {
        Instant due = session.openedAt().plus(EmergencySession.REVIEW);
        String name = session.userName();
        return new Waiting(
                session.id(),
                session.organisation(),
                name == null ? session.user() : name,
                session.reason(),
                Statements.open(keys, session),
                session.identityMethod(),
                session.step().name(),
                session.has(Type.RENEWED),
                session.openedAt(),
                session.closesAt(),
                due,
                now().isAfter(due));
    }

    /**
     * @throws phr.fhir.failure.FailureException NOT_FOUND, FORBIDDEN for the user of the session, CONFLICT the second time
     */
    void review(Caller operator, UUID id, Outcome outcome, String note) {
        EmergencySession session = rows.locked(id)
                .orElseThrow(() ->
                        Failure.of(Category.NOT_FOUND, "not-found", "not found").exception());
        if (session.user().equals(operator.subject())) {
            throw Failure.of(Category.FORBIDDEN, "review", "nobody reviews what she did herself")
                    .exception();
        }
        if (session.has(Type.REVIEWED)) {
            throw Failure.of(Category.CONFLICT, "review", "this session has been reviewed")
                    .exception();
        }
        int seq = session.events().size() + 1;
        byte[] sealed = keys.known(session.person())
                ? keys.seal(session.person(), Statements.context(id, seq), note.getBytes(StandardCharsets.UTF_8))
                : null;
        rows.insert(session, new Event(Type.REVIEWED, now(), operator.subject(), outcome.name(), sealed));
        readers.tell(session.person(), Kind.EMERGENCY_REVIEWED, id);
        if (outcome == Outcome.MISUSE) {
            standings.suspend(session.organisation());
        }
        epochs.bump(session.person());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
