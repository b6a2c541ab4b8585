package phr.gateway.people;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import phr.gateway.caller.Caller;

@ApplicationScoped
class PersonTable implements PanacheRepositoryBase<PersonRow, UUID> {

    Optional<PersonRow> find(String issuer, String subject) {
        return find("issuer = ?1 and subject = ?2", issuer, subject).firstResultOptional();
    }

    /** Two first logins at once make one person: the unique login decides, not the one who looked first. */
    void insertUnlessThere(UUID id, Caller caller, byte[] account, Instant at) {
        getEntityManager()
                .createNativeQuery("insert into person (id, issuer, subject, account, created_at)"
                        + " values (?1, ?2, ?3, ?4, ?5) on conflict (issuer, subject) do nothing")
                .setParameter(1, id)
                .setParameter(2, caller.issuer())
                .setParameter(3, caller.subject())
                .setParameter(4, account)
                .setParameter(5, at)
                .executeUpdate();
    }
}
