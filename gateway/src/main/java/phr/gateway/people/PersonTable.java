package phr.gateway.people;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import phr.gateway.caller.Caller;

@ApplicationScoped
class PersonTable implements PanacheRepositoryBase<PersonRow, UUID> {

    /** Issuer of persons who cannot log in. */
    private static final String NO_LOGIN = "urn:phr:no-login";

    /** Unless she was erased: then only her id is left. */
    Optional<PersonRow> living(UUID id) {
        return findByIdOptional(id).filter(row -> row.erased == null);
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

    /** Until somebody claims the person, her id stands for the login. */
    void insert(UUID id, byte[] account, Instant at) {
        PersonRow row = new PersonRow();
        row.id = id;
        row.issuer = NO_LOGIN;
        row.subject = id.toString();
        row.account = account;
        row.createdAt = at;
        persistAndFlush(row);
    }

    /** @return false when the person has a login already */
    boolean claim(UUID id, Caller caller) {
        return update(
                        "issuer = ?1, subject = ?2 where id = ?3 and issuer = ?4",
                        caller.issuer(),
                        caller.subject(),
                        id,
                        NO_LOGIN)
                == 1;
    }
}
