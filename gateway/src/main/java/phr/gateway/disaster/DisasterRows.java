package phr.gateway.disaster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tables {@code disaster_mode} and {@code disaster_event}. */
@ApplicationScoped
@Transactional
class DisasterRows {

    private static final String MODES = "select m.id, m.areas, m.starts, m.ends, m.switched_by,"
            + " (select e.actor from disaster_event e where e.mode_id = m.id and e.type = 'APPROVED'),"
            + " (select e.at from disaster_event e where e.mode_id = m.id and e.type = 'ENDED')"
            + " from disaster_mode m where ";

    private final EntityManager entities;

    DisasterRows(EntityManager entities) {
        this.entities = entities;
    }

    void insert(DisasterMode mode, Instant now) {
        entities.createNativeQuery("insert into disaster_mode (id, areas, starts, ends, switched_by, recorded_at)"
                        + " values (?1, string_to_array(?2, ' '), ?3, ?4, ?5, ?6)")
                .setParameter(1, mode.id())
                .setParameter(2, String.join(" ", mode.areas()))
                .setParameter(3, mode.starts())
                .setParameter(4, mode.ends())
                .setParameter(5, mode.switchedBy())
                .setParameter(6, now)
                .executeUpdate();
    }

    void insert(UUID mode, String type, String actor, Instant at) {
        entities.createNativeQuery("insert into disaster_event (mode_id, type, at, actor) values (?1, ?2, ?3, ?4)")
                .setParameter(1, mode)
                .setParameter(2, type)
                .setParameter(3, at)
                .setParameter(4, actor)
                .executeUpdate();
    }

    Optional<DisasterMode> locked(UUID id) {
        return read(entities.createNativeQuery(MODES + "m.id = ?1 for update of m")
                        .setParameter(1, id))
                .stream()
                .findFirst();
    }

    /** Not over by the calendar. */
    List<DisasterMode> endingAfter(Instant now) {
        return read(entities.createNativeQuery(MODES + "m.ends > ?1 order by m.starts, m.id")
                .setParameter(1, now));
    }

    private static List<DisasterMode> read(Query query) {
        List<DisasterMode> modes = new ArrayList<>();
        for (Object result : query.getResultList()) {
            Object[] row = (Object[]) result;
            modes.add(new DisasterMode(
                    (UUID) row[0],
                    List.of((String[]) row[1]),
                    (Instant) row[2],
                    (Instant) row[3],
                    (String) row[4],
                    (String) row[5],
                    (Instant) row[6]));
        }
        return modes;
    }
}
