package phr.gateway.erasure;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.gateway.erasure.Erasure.Ground;

/** The first step: a token for the second, known here only by its hash, good once, for a short while, for one person. */
@Singleton
class ErasureRequests {

    private static final int TOKEN = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ErasureTransactions transactions;
    private final ErasureConfig config;
    private final Clock clock;

    @Inject
    ErasureRequests(ErasureTransactions transactions, ErasureConfig config, Clock clock) {
        this.transactions = transactions;
        this.config = config;
        this.clock = clock;
    }

    /**
     * @param token shown once
     * @param report id of the report there will be: she learns it while she still can, also when no answer to the second step comes
     */
    record Asked(PersonId person, String token, UUID report, Instant expires) {}

    /** @param askedBy subject of the login */
    record Request(Ground ground, String askedBy) {}

    /** The request of a person; a newer one takes the place of the older. */
    Asked ask(PersonId person, Ground ground, String askedBy, @Nullable UUID evidence) {
        byte[] random = new byte[TOKEN];
        RANDOM.nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Instant expires = clock.instant().plus(config.patience()).truncatedTo(ChronoUnit.MILLIS);
        transactions.run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO erasure_request"
                    + " (person_id, token_sha256, ground, asked_by, evidence_id, expires) VALUES (?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (person_id) DO UPDATE SET token_sha256 = excluded.token_sha256,"
                    + " ground = excluded.ground, asked_by = excluded.asked_by, evidence_id = excluded.evidence_id,"
                    + " expires = excluded.expires")) {
                insert.setObject(1, person.value());
                insert.setBytes(2, hash(token));
                insert.setString(3, ground.name());
                insert.setString(4, askedBy);
                insert.setObject(5, evidence);
                insert.setObject(6, ErasureSql.utc(expires));
                return insert.executeUpdate();
            }
        });
        return new Asked(person, token, report(token), expires);
    }

    /** The request to which the token belongs; empty for any other token, and when it is too late. */
    Optional<Request> find(Connection connection, PersonId person, String token) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT ground, asked_by, token_sha256, expires FROM erasure_request WHERE person_id = ? FOR UPDATE")) {
            select.setObject(1, person.value());
            try (ResultSet row = select.executeQuery()) {
                boolean good = row.next()
                        && MessageDigest.isEqual(hash(token), row.getBytes(3))
                        && clock.instant()
                                .isBefore(row.getObject(4, OffsetDateTime.class).toInstant());
                return good
                        ? Optional.of(new Request(Ground.valueOf(row.getString(1)), row.getString(2)))
                        : Optional.empty();
            }
        }
    }

    /** Nobody finds it who does not know the token. */
    static UUID report(String token) {
        ByteBuffer bytes = ByteBuffer.wrap(hash("report|" + token));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static byte[] hash(String token) {
        return Sha256.of(token.getBytes(StandardCharsets.UTF_8)).bytes();
    }
}
