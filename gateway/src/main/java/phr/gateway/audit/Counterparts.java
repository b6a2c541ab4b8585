package phr.gateway.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phr.gateway.database.Briefly;
import phr.gateway.people.OrganisationRegistered;

/** Organisations as they are registered now; on another node, as they were a second ago. */
@ApplicationScoped
class Counterparts {

    private final Briefly<String, Optional<Counterpart>> known = new Briefly<>(Duration.ofSeconds(1));

    /** Those of the ids that are registered. */
    Map<String, Counterpart> of(Connection connection, Collection<String> organisations) throws SQLException {
        Map<String, Counterpart> found = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        for (String id : organisations) {
            known.get(id).ifPresentOrElse(party -> party.ifPresent(one -> found.put(id, one)), () -> unknown.add(id));
        }
        if (!unknown.isEmpty()) {
            Map<String, Counterpart> read = AuditSql.counterparts(connection, unknown);
            unknown.forEach(id -> known.put(id, Optional.ofNullable(read.get(id))));
            found.putAll(read);
        }
        return found;
    }

    void registered(@Observes(during = TransactionPhase.AFTER_SUCCESS) OrganisationRegistered event) {
        known.forget();
    }
}
