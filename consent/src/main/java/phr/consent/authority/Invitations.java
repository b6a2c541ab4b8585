package phr.consent.authority;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/** One-time codes, handed from person to person: to accept an authority, or to take over one's own record. Kept as hashes. */
@ApplicationScoped
@Transactional
public class Invitations {

    /** What a code is for. */
    public enum Kind {
        ACCEPT,
        CLAIM
    }

    /**
     * A code was used.
     *
     * @param authority to be accepted; of ACCEPT
     */
    public record Used(PersonId person, @Nullable UUID authority) {}

    private static final Duration VALID = Duration.ofDays(7);
    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EntityManager entities;
    private final Clock clock;

    Invitations(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** A new code of 128 bits, good for one use within seven days. */
    public String issue(Kind kind, PersonId person, @Nullable UUID authority, String actor) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        entities.createNativeQuery(
                        "insert into invitation (code_sha256, kind, person_id, authority_id, expires_at, recorded_by, recorded_at)"
                                + " values (?1, ?2, ?3, cast(?4 as uuid), ?5, ?6, ?7)")
                .setParameter(1, hash(code))
                .setParameter(2, kind.name())
                .setParameter(3, person.value())
                .setParameter(4, authority == null ? null : authority.toString())
                .setParameter(5, now.plus(VALID))
                .setParameter(6, actor)
                .setParameter(7, now)
                .executeUpdate();
        return code;
    }

    /**
     * Uses a code up, in the transaction of what it is used for.
     *
     * @throws FailureException NOT_FOUND for a code that is unknown, used, too old or for something else
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Used use(Kind kind, String code, PersonId by) {
        List<?> found = entities.createNativeQuery("select person_id, authority_id from invitation"
                        + " where code_sha256 = ?1 and kind = ?2 and expires_at > ?3")
                .setParameter(1, hash(code))
                .setParameter(2, kind.name())
                .setParameter(3, clock.instant())
                .getResultList();
        if (found.isEmpty() || !markUsed(code, by)) {
            throw notFound();
        }
        Object[] row = (Object[]) found.get(0);
        return new Used(new PersonId((UUID) row[0]), (UUID) row[1]);
    }

    private boolean markUsed(String code, PersonId by) {
        return entities.createNativeQuery("insert into invitation_use (code_sha256, used_by, recorded_at)"
                                + " values (?1, ?2, ?3) on conflict do nothing")
                        .setParameter(1, hash(code))
                        .setParameter(2, by.value())
                        .setParameter(3, clock.instant())
                        .executeUpdate()
                == 1;
    }

    private static byte[] hash(String code) {
        return Sha256.of(code.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    private static FailureException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
