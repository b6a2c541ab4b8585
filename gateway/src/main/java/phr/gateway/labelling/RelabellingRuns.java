package phr.gateway.labelling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/** Table {@code relabelling}: which tables the stored labels belong to, and how far a run has come. */
@ApplicationScoped
@Transactional
class RelabellingRuns {

    /** @param after last person that is done */
    record Run(long number, @Nullable PersonId after) {}

    private final EntityManager entities;
    private final Clock clock;

    RelabellingRuns(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** The run that has to be done for these tables: begun now, or left unfinished; empty when the last one was for them. */
    Optional<Run> due(long tables) {
        List<?> last = entities.createNativeQuery(
                        "select run, tables, last_person, finished is not null from relabelling order by run desc limit 1")
                .getResultList();
        Object[] row = last.isEmpty() ? null : (Object[]) last.get(0);
        if (row == null || ((Number) row[1]).longValue() != tables) {
            return Optional.of(new Run(begin(tables), null));
        }
        if ((Boolean) row[3]) {
            return Optional.empty();
        }
        PersonId after = row[2] == null ? null : new PersonId((UUID) row[2]);
        return Optional.of(new Run(((Number) row[0]).longValue(), after));
    }

    private long begin(long tables) {
        Object run = entities.createNativeQuery(
                        "insert into relabelling (tables, started) values (?1, ?2) returning run")
                .setParameter(1, tables)
                .setParameter(2, clock.instant())
                .getSingleResult();
        return ((Number) run).longValue();
    }

    void done(Run run, PersonId person) {
        entities.createNativeQuery("update relabelling set last_person = ?1 where run = ?2")
                .setParameter(1, person.value())
                .setParameter(2, run.number())
                .executeUpdate();
    }

    void finish(Run run) {
        entities.createNativeQuery("update relabelling set finished = ?1 where run = ?2")
                .setParameter(1, clock.instant())
                .setParameter(2, run.number())
                .executeUpdate();
    }
}
