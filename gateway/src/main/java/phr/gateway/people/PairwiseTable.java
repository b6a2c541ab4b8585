package phr.gateway.people;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class PairwiseTable implements PanacheRepositoryBase<PairwiseRow, UUID> {

    Optional<UUID> person(String organisation, UUID patient) {
        return find("organisation = ?1 and patient = ?2", organisation, patient)
                .firstResultOptional()
                .map(row -> row.person);
    }

    Optional<UUID> patient(String organisation, UUID person) {
        return find("organisation = ?1 and person = ?2", organisation, person)
                .firstResultOptional()
                .map(row -> row.patient);
    }

    /** @return whether this call made the row */
    boolean insertUnlessThere(String organisation, UUID person, UUID patient, Instant at) {
        return getEntityManager()
                        .createNativeQuery("insert into pairwise_id (organisation, person, patient, created_at)"
                                + " values (?1, ?2, ?3, ?4) on conflict (organisation, person) do nothing")
                        .setParameter(1, organisation)
                        .setParameter(2, person)
                        .setParameter(3, patient)
                        .setParameter(4, at)
                        .executeUpdate()
                == 1;
    }
}
