package phr.gateway.keys;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/**
 * The data keys of the persons, wrapped in table {@code person_key}. Deleting the row erases the person: without it nothing of
 * hers can be read, here or in any backup.
 *
 * <p>Unwrapped keys are kept for a short while under their <em>wrapped</em> bytes. So the row is still read in each transaction:
 * a key whose creation was rolled back, or that was erased on another machine, is never used from memory.
 */
@Singleton
public final class DataKeys {

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int KEPT_AT_MOST = 10_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MasterKey masterKey;
    private final Clock clock;
    private final Map<ByteBuffer, Kept> kept = new LinkedHashMap<>();

    private record Kept(DataKey key, Instant until) {}

    @Inject
    public DataKeys(MasterKey masterKey, Clock clock) {
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /** The person's key as the transaction of the connection sees it; empty when she has no data yet or was erased. */
    public Optional<DataKey> find(Connection connection, PersonId person) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT wrapped FROM person_key WHERE person_id = ?")) {
            select.setObject(1, person.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(unwrap(person, row.getBytes(1))) : Optional.empty();
            }
        }
    }

    /** Makes a key for a person who has none; the caller holds the person's lock. */
    public DataKey create(Connection connection, PersonId person) throws SQLException {
        byte[] key = new byte[DataKey.LENGTH];
        RANDOM.nextBytes(key);
        byte[] wrapped = masterKey.wrap(key, owner(person));
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO person_key (person_id, wrapped) VALUES (?, ?)")) {
            insert.setObject(1, person.value());
            insert.setBytes(2, wrapped);
            insert.executeUpdate();
        }
        return unwrap(person, wrapped);
    }

    /** The key in a row of {@code person_key} that was read in the transaction at hand. */
    public DataKey unwrap(PersonId person, byte[] wrapped) {
        ByteBuffer name = ByteBuffer.wrap(wrapped.clone());
        Instant now = clock.instant();
        DataKey known = known(name, now);
        if (known != null) {
            return known;
        }
        DataKey key = new DataKey(masterKey.unwrap(wrapped, owner(person)));
        keep(name, new Kept(key, now.plus(KEPT)));
        return key;
    }

    private synchronized @Nullable DataKey known(ByteBuffer name, Instant now) {
        Kept found = kept.get(name);
        return found == null || !now.isBefore(found.until()) ? null : found.key();
    }

    private synchronized void keep(ByteBuffer name, Kept key) {
        kept.remove(name);
        kept.put(name, key);
        if (kept.size() > KEPT_AT_MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    private static byte[] owner(PersonId person) {
        return person.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
