package phr.gateway.erasure;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.erasure.ErasureRequests.Request;
import phr.gateway.notices.ErasureNotices;
import phr.gateway.notices.ErasureNotices.Recipient;
import phr.gateway.record.postgres.PersonLock;

/**
 * The second step: in one transaction the key goes and the ids by which organisations know her, the login is forgotten, recipients
 * are told, and the tombstone stands. From then on nobody finds her, however long the rows take.
 */
@Singleton
class Erasures {

    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    /** In the place of an issuer: nobody logs in as her. */
    private static final String NOBODY = "urn:phr:erased";

    private final ErasureTransactions transactions;
    private final ErasureRequests requests;
    private final ErasureNotices notices;
    private final ErasureConfig config;
    private final Clock clock;

    @Inject
    Erasures(
            ErasureTransactions transactions,
            ErasureRequests requests,
            ErasureNotices notices,
            ErasureConfig config,
            Clock clock) {
        this.transactions = transactions;
        this.requests = requests;
        this.notices = notices;
        this.config = config;
        this.clock = clock;
    }

    /**
     * @param allowed whether the request may be confirmed by whoever does it
     * @return empty when there is no such request: never made, too late, used, or somebody else's
     */
    Optional<Erasure> erase(PersonId person, String token, Predicate<Request> allowed) {
        return transactions.run(connection -> {
            PersonLock.take(connection, person);
            Optional<Request> request = requests.find(connection, person, token).filter(allowed);
            return request.isPresent()
                    ? Optional.of(erase(connection, person, ErasureRequests.report(token), request.get()))
                    : Optional.empty();
        });
    }

    private Erasure erase(Connection connection, PersonId person, UUID id, Request request) throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        run(
                connection,
                "INSERT INTO consent_epoch (person_id, epoch) VALUES (?, 1)"
                        + " ON CONFLICT (person_id) DO UPDATE SET epoch = consent_epoch.epoch + 1",
                person);
        Erasure erasure = new Erasure(
                person,
                id,
                request.ground(),
                now,
                null,
                null,
                keptUntil(now),
                notices.ask(connection, person),
                new TreeMap<>());
        ErasureSql.insert(connection, erasure);
        gone(connection, person, "person_key", "person_id");
        gone(connection, person, "pairwise_id", "person");
        gone(connection, person, "erasure_request", "person_id");
        run(
                connection,
                "UPDATE person SET issuer = '" + NOBODY
                        + "', subject = id::text, account = '', erased = now() WHERE id = ?",
                person);
        return erasure;
    }

    /** Until when the rest would be kept after an erasure now; null when the operator has set no period. */
    @Nullable
    Instant keptUntil() {
        return keptUntil(clock.instant());
    }

    /** Who has got data of hers. */
    List<Recipient> recipients(PersonId person) {
        return transactions.run(connection -> notices.recipients(connection, person));
    }

    private @Nullable Instant keptUntil(Instant now) {
        return config.ledgersKept()
                .map(period -> now.atZone(JAPAN).plus(period).toInstant())
                .orElse(null);
    }

    private static void gone(Connection connection, PersonId person, String table, String column) throws SQLException {
        int rows = run(connection, "DELETE FROM " + table + " WHERE " + column + " = ?", person);
        if (rows > 0) {
            ErasureSql.count(connection, person, table, rows);
        }
    }

    private static int run(Connection connection, String sql, PersonId person) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, person.value());
            return statement.executeUpdate();
        }
    }

    Optional<Erasure> find(UUID id) {
        return transactions.run(connection -> ErasureSql.of(connection, id)).stream()
                .findFirst();
    }

    List<Erasure> unfinished(int count) {
        return transactions.run(connection -> ErasureSql.unfinished(connection, count));
    }
}
