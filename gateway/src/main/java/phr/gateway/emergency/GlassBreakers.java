package phr.gateway.emergency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Which organisation broke the glass: the person is told at once (consent-semantics.md §13). */
@ApplicationScoped
@Transactional
public class GlassBreakers {

    private final EntityManager entities;

    GlassBreakers(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Names of organisations by session.
     *
     * @param matters ids of sessions; others are left out
     */
    public Map<UUID, String> names(Collection<UUID> matters) {
        Map<UUID, String> names = new HashMap<>();
        if (matters.isEmpty()) {
            return names;
        }
        for (Object result : entities.createNativeQuery("select s.id, o.name from emergency_session s"
                        + " join organisation o on o.id = s.organisation where s.id in (?1)")
                .setParameter(1, matters)
                .getResultList()) {
            Object[] row = (Object[]) result;
            names.put((UUID) row[0], (String) row[1]);
        }
        return names;
    }
}
