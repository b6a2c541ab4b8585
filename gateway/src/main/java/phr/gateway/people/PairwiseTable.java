package phr.gateway.people;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

@ApplicationScoped
class PairwiseTable implements PanacheRepositoryBase<PairwiseRow, UUID> {

    /** Makes every permit stale that speaks of somebody whom the organisation knows. */
    void bumpEpochs(String organisation) {
        getEntityManager()
                .createNativeQuery("insert into consent_epoch (person_id, epoch)"
                        + " select person, 1 from pairwise_id where organisation = ?1 order by person"
                        + " on conflict (person_id) do update set epoch = consent_epoch.epoch + 1")
                .setParameter(1, organisation)
                .executeUpdate();
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
