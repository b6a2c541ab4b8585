package phr.gateway.emergency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.ledger.ConsentEpochs;
import phr.consent.reminder.Reminder.Kind;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.emergency.EmergencySession.Event;
import phr.gateway.emergency.EmergencySession.Reason;
import phr.gateway.emergency.EmergencySession.Type;
import phr.gateway.record.PersonKeys;

/** What a user behind broken glass may do with the session. Each act bumps the person's epoch, tells her, and is logged. */
@ApplicationScoped
@Transactional
class EmergencySessions {

    private final SessionRows rows;
    private final ConsentEpochs epochs;
    private final PersonKeys keys;
    private final Readers readers;
    private final EmergencyLog log;
    private final Clock clock;

    EmergencySessions(
            SessionRows rows, ConsentEpochs epochs, PersonKeys keys, Readers readers, EmergencyLog log, Clock clock) {
        this.rows = rows;
        this.epochs = epochs;
        this.keys = keys;
        this.readers = readers;
        this.log = log;
        this.clock = clock;
    }

    /** @throws phr.fhir.failure.FailureException CONFLICT while the same user has one open for the same person */
    EmergencySession open(Caller caller, PersonId person, SessionBody body, Reason reason) {
        epochs.bump(person);
        boolean open = rows.recent(person, now()).stream()
                .anyMatch(session -> session.user().equals(caller.subject()) && session.open(now()));
        if (open) {
            throw conflict("this user has an open session for this patient");
        }
        UUID id = Ids.v7(clock);
        EmergencySession session = new EmergencySession(
                id,
                person,
                UUID.fromString(Objects.requireNonNull(body.patient())),
                caller.subject(),
                caller.user(),
                Objects.requireNonNull(caller.organisation()),
                reason,
                Objects.requireNonNull(body.identityMethod()),
                seal(person, id, 0, body.statement()),
                now(),
                List.of());
        rows.insert(session);
        readers.tell(person, Kind.EMERGENCY_OPENED, id);
        log.did(caller, person, "open session");
        return session;
    }

    /** The second step: from the summary to the rest. The second time changes nothing. */
    EmergencySession full(Caller caller, UUID id) {
        EmergencySession session = own(caller, id);
        demandOpen(session);
        return session.has(Type.FULL) ? session : act(caller, session, Type.FULL, Kind.EMERGENCY_FULL, null, null);
    }

    /** Another hour from now, once, for a reason stated anew. */
    EmergencySession renew(Caller caller, UUID id, SessionBody body, Reason reason) {
        EmergencySession session = own(caller, id);
        demandOpen(session);
        if (session.has(Type.RENEWED)) {
            throw conflict("a session is renewed once");
        }
        byte[] statement = seal(session.person(), id, session.events().size() + 1, body.statement());
        return act(caller, session, Type.RENEWED, Kind.EMERGENCY_RENEWED, reason.name(), statement);
    }

    /** Over at once. Closing what is over changes nothing. */
    EmergencySession close(Caller caller, UUID id) {
        EmergencySession session = own(caller, id);
        return session.open(now()) ? act(caller, session, Type.CLOSED, null, null, null) : session;
    }

    private EmergencySession act(
            Caller caller,
            EmergencySession session,
            Type type,
            @Nullable Kind notice,
            @Nullable String reason,
            byte @Nullable [] statement) {
        rows.insert(session, new Event(type, now(), caller.subject(), reason, statement));
        epochs.bump(session.person());
        if (notice != null) {
            readers.tell(session.person(), notice, session.id());
        }
        log.did(caller, session.person(), type.name().toLowerCase(Locale.ROOT) + " session");
        return rows.locked(session.id()).orElseThrow();
    }

    /** Somebody else's session does not exist. */
    private EmergencySession own(Caller caller, UUID id) {
        return rows.locked(id)
                .filter(session -> session.user().equals(caller.subject())
                        && session.organisation().equals(caller.organisation()))
                .orElseThrow(() ->
                        Failure.of(Category.NOT_FOUND, "not-found", "not found").exception());
    }

    private void demandOpen(EmergencySession session) {
        if (!session.open(now())) {
            throw conflict("the session is over");
        }
    }

    private byte[] seal(PersonId person, UUID session, int seq, String statement) {
        return keys.seal(person, Statements.context(session, seq), statement.getBytes(StandardCharsets.UTF_8));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static RuntimeException conflict(String text) {
        return Failure.of(Category.CONFLICT, "emergency", text).exception();
    }
}
