package phr.gateway.disaster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.people.Standings;

/** Who read what under disaster mode, from the access log. */
@ApplicationScoped
@Transactional
class DisasterAccesses {

    /** APPI 27(1)ii, as the access log names it. */
    private static final String BASIS = "APPI27-1-2";

    private static final Duration REMEMBERED = Duration.ofDays(366);
    private static final int MOST = 10_000;

    private static final String READS = "select person, at, organisation, app_user, interaction from audit_entry"
            + " where purposes @> array['DISASTER'] and outcome = 'PERMIT' and reason = '" + BASIS
            + "' and at >= ?1 and at < ?2 and organisation = any (string_to_array(?3, ' '))";

    private final EntityManager entities;
    private final Standings standings;
    private final DisasterRows modes;
    private final Clock clock;

    DisasterAccesses(EntityManager entities, Standings standings, DisasterRows modes, Clock clock) {
        this.entities = entities;
        this.standings = standings;
        this.modes = modes;
        this.clock = clock;
    }

    /** @param person internal id; operators only */
    record Read(
            UUID person,
            Instant at,
            String organisation,
            @Nullable String user,
            String interaction) {}

    /** In order of time. */
    List<Read> under(DisasterMode mode) {
        return read(bound(entities.createNativeQuery(READS + " order by at limit " + MOST), mode));
    }

    /** Modes of the last year under which the person was read. */
    List<DisasterMode> of(PersonId person) {
        List<DisasterMode> found = new ArrayList<>();
        for (DisasterMode mode : modes.endingAfter(clock.instant().minus(REMEMBERED))) {
            Query query = entities.createNativeQuery(READS + " and person = ?4 order by at limit 1");
            if (mode.approvedBy() != null
                    && !read(bound(query, mode).setParameter(4, person.value())).isEmpty()) {
                found.add(mode);
            }
        }
        return found;
    }

    private Query bound(Query query, DisasterMode mode) {
        return query.setParameter(1, mode.starts())
                .setParameter(2, mode.until())
                .setParameter(3, String.join(" ", standings.medicalIn(Set.copyOf(mode.areas()))));
    }

    private static List<Read> read(Query query) {
        List<Read> reads = new ArrayList<>();
        for (Object result : query.getResultList()) {
            Object[] row = (Object[]) result;
            reads.add(new Read((UUID) row[0], (Instant) row[1], (String) row[2], (String) row[3], (String) row[4]));
        }
        return reads;
    }
}
