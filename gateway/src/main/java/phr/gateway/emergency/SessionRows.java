package phr.gateway.emergency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.emergency.EmergencySession.Event;
import phr.gateway.emergency.EmergencySession.Reason;
import phr.gateway.emergency.EmergencySession.Type;

/** Tables {@code emergency_session} and {@code emergency_event}. */
@ApplicationScoped
@Transactional
class SessionRows {

    private static final String SESSIONS = "select id, person_id, patient, user_id, user_name, organisation, reason,"
            + " identity_method, statement, opened_at from emergency_session where ";

    private final EntityManager entities;

    SessionRows(EntityManager entities) {
        this.entities = entities;
    }

    void insert(EmergencySession session) {
        entities.createNativeQuery(
                        "insert into emergency_session (id, person_id, patient, user_id, user_name, organisation,"
                                + " reason, identity_method, statement, opened_at)"
                                + " values (?1, ?2, ?3, ?4, cast(?5 as text), ?6, ?7, ?8, ?9, ?10)")
                .setParameter(1, session.id())
                .setParameter(2, session.person().value())
                .setParameter(3, session.patient())
                .setParameter(4, session.user())
                .setParameter(5, session.userName())
                .setParameter(6, session.organisation())
                .setParameter(7, session.reason().name())
                .setParameter(8, session.identityMethod())
                .setParameter(9, session.statement())
                .setParameter(10, session.openedAt())
                .executeUpdate();
    }

    /** The caller holds the lock of the session, see {@link #locked}. */
    void insert(EmergencySession session, Event event) {
        entities.createNativeQuery("insert into emergency_event (session_id, seq, type, at, actor, reason, statement)"
                        + " values (?1, ?2, ?3, ?4, ?5, cast(?6 as text), cast(?7 as bytea))")
                .setParameter(1, session.id())
                .setParameter(2, session.events().size() + 1)
                .setParameter(3, event.type().name())
                .setParameter(4, event.at())
                .setParameter(5, event.actor())
                .setParameter(6, event.reason())
                .setParameter(7, event.statement())
                .executeUpdate();
    }

    Optional<EmergencySession> locked(UUID id) {
        return read(entities.createNativeQuery(SESSIONS + "id = ?1 for update").setParameter(1, id)).stream()
                .findFirst();
    }

    /** Sessions of the person that may still be open: none lasts longer than its renewal allows. */
    List<EmergencySession> recent(PersonId person, Instant now) {
        return read(entities.createNativeQuery(SESSIONS + "person_id = ?1 and opened_at > ?2")
                .setParameter(1, person.value())
                .setParameter(2, now.minus(EmergencySession.LENGTH.multipliedBy(2))));
    }

    /** Oldest first. */
    List<EmergencySession> unreviewed(int count) {
        return read(entities.createNativeQuery(SESSIONS
                + "not exists (select 1 from emergency_event e where e.session_id = id and e.type = 'REVIEWED')"
                + " order by opened_at, id limit " + count));
    }

    private List<EmergencySession> read(Query query) {
        List<EmergencySession> sessions = new ArrayList<>();
        for (Object result : query.getResultList()) {
            Object[] row = (Object[]) result;
            sessions.add(new EmergencySession(
                    (UUID) row[0],
                    new PersonId((UUID) row[1]),
                    (UUID) row[2],
                    (String) row[3],
                    (String) row[4],
                    (String) row[5],
                    Reason.valueOf((String) row[6]),
                    (String) row[7],
                    (byte[]) row[8],
                    (Instant) row[9],
                    events((UUID) row[0])));
        }
        return sessions;
    }

    private List<Event> events(UUID session) {
        List<Event> events = new ArrayList<>();
        for (Object result : entities.createNativeQuery(
                        "select type, at, actor, reason, statement from emergency_event where session_id = ?1 order by seq")
                .setParameter(1, session)
                .getResultList()) {
            Object[] row = (Object[]) result;
            events.add(new Event(
                    Type.valueOf((String) row[0]), (Instant) row[1], (String) row[2], (@Nullable String) row[3], (byte
                                    [])
                            row[4]));
        }
        return events;
    }
}
