package phr.gateway.keys;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * The data keys of the persons, wrapped in table {@code person_key}. Deleting the row erases the person: without it nothing of
 * hers can be read, here or on a replica. Older backups hold the wrapped key and open with its master key only.
 *
 * <p>Unwrapped keys are kept for a short while under their <em>wrapped</em> bytes. So the row is still read in each transaction:
 * a key whose creation was rolled back, or that was erased on another machine, is never used from memory.
 */
@Singleton
public final class DataKeys {

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int KEPT_AT_MOST = 10_000;

    private final MasterKeys masterKeys;
    private final Clock clock;
    private final Map<ByteBuffer, Kept> kept = new LinkedHashMap<>();

    private record Kept(DataKey key, Instant until) {}

    @Inject
    public DataKeys(MasterKeys masterKeys, Clock clock) {
        this.masterKeys = masterKeys;
        this.clock = clock;
    }

    /** The person's key as the transaction of the connection sees it; empty when she has no data yet or was erased. */
    public Optional<DataKey> find(Connection connection, PersonId person) throws SQLException {
        return wrapped(connection, person).map(wrapped -> unwrap(person, wrapped));
    }

    private static Optional<byte[]> wrapped(Connection connection, PersonId person) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT wrapped FROM person_key WHERE person_id = ?")) {
            select.setObject(1, person.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        }
    }

    /**
     * Makes a key for a person who has none; the caller holds the person's lock.
     *
     * @throws phr.fhir.failure.FailureException NOT_FOUND when she was erased: nothing of hers is ever kept again
     */
    public DataKey create(Connection connection, PersonId person) throws SQLException {
        byte[] wrapped = masterKeys.wrap(KeyMaterial.fresh().bytes(), owner(person));
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO person_key (person_id, wrapped) SELECT ?, ?"
                        + " WHERE NOT EXISTS (SELECT FROM erasure WHERE person_id = ?)")) {
            insert.setObject(1, person.value());
            insert.setBytes(2, wrapped);
            insert.setObject(3, person.value());
            if (insert.executeUpdate() == 0) {
                throw Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
            }
        }
        return unwrap(person, wrapped);
    }

    /**
     * Gives her a new payload key beside the older ones; the caller holds her lock.
     *
     * @return false when she has no key
     */
    public boolean renew(Connection connection, PersonId person) throws SQLException {
        return change(connection, person, KeyMaterial::renewed);
    }

    /** Forgets her older payload keys; the caller holds her lock and knows that nothing is encrypted with them any more. */
    public void settle(Connection connection, PersonId person) throws SQLException {
        change(connection, person, KeyMaterial::settled);
    }

    private boolean change(Connection connection, PersonId person, UnaryOperator<KeyMaterial> change)
            throws SQLException {
        Optional<byte[]> wrapped = wrapped(connection, person);
        if (wrapped.isEmpty()) {
            return false;
        }
        KeyMaterial material = KeyMaterial.parse(masterKeys.unwrap(wrapped.get(), owner(person)));
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE person_key SET wrapped = ? WHERE person_id = ?")) {
            update.setBytes(1, masterKeys.wrap(change.apply(material).bytes(), owner(person)));
            update.setObject(2, person.value());
            update.executeUpdate();
        }
        return true;
    }

    /** The key in a row of {@code person_key} that was read in the transaction at hand. */
    public DataKey unwrap(PersonId person, byte[] wrapped) {
        ByteBuffer name = ByteBuffer.wrap(wrapped.clone());
        Instant now = clock.instant();
        DataKey known = known(name, now);
        if (known != null) {
            return known;
        }
        DataKey key = new DataKey(KeyMaterial.parse(masterKeys.unwrap(wrapped, owner(person))));
        keep(name, new Kept(key, now.plus(KEPT)), now);
        return key;
    }

    private synchronized @Nullable DataKey known(ByteBuffer name, Instant now) {
        Kept found = kept.get(name);
        return found == null || !now.isBefore(found.until()) ? null : found.key();
    }

    private synchronized void keep(ByteBuffer name, Kept key, Instant now) {
        kept.remove(name);
        kept.put(name, key);
        if (kept.size() > KEPT_AT_MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
        forget(now);
    }

    /** The oldest stand first. A key that nobody asks for any more, such as one of who was erased, does not stay in memory. */
    private synchronized void forget(Instant now) {
        Iterator<Kept> oldest = kept.values().iterator();
        while (oldest.hasNext() && !now.isBefore(oldest.next().until())) {
            oldest.remove();
        }
    }

    @Scheduled(every = "1m")
    void forget() {
        forget(clock.instant());
    }

    static byte[] owner(PersonId person) {
        return person.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
