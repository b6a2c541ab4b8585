package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.series.IdPage;

/**
 * Which identities stand among the documents of one person. What was stored as a document once remains one, so each new sample has to
 * ask, and most have an answer from memory. The caller holds the person's lock. Made for one batch.
 */
final class DocumentIdentities {

    private static final int FETCH = 10_000;

    private final Connection connection;
    private final PersonId person;
    private final DataKey key;
    private final KnownIdentities known;
    private @Nullable Long stamp;
    private @Nullable IdentityMarks marks;

    /** For a caller who does not ask. */
    DocumentIdentities(Connection connection, PersonId person, DataKey key) {
        this(connection, person, key, new KnownIdentities(), null);
    }

    /** @param head null when she has no packed series */
    DocumentIdentities(
            Connection connection, PersonId person, DataKey key, KnownIdentities known, @Nullable SeriesHead head) {
        this.connection = connection;
        this.person = person;
        this.key = key;
        this.known = known;
        this.stamp = head == null ? null : head.documents();
    }

    boolean any() {
        return stamp != null;
    }

    /** So many samples are about to ask. */
    void expect(int samples) throws SQLException {
        if (stamp == null || marks != null) {
            return;
        }
        marks = known.marks(person, key, stamp);
        if (marks == null && known.isWorth(person, samples)) {
            long[] all = all();
            if (all.length > KnownIdentities.MOST_READ) {
                known.leave(person);
            } else {
                marks = IdentityMarks.of(all);
                known.keep(person, key, stamp, marks);
            }
        }
    }

    /** False when it does not stand among them. */
    boolean mayHold(UUID identity) {
        return any() && (marks == null || marks.test(IdPage.kept(identity)));
    }

    /** Those that do. */
    Set<UUID> among(Collection<UUID> identities) throws SQLException {
        Set<UUID> found = new HashSet<>();
        if (identities.isEmpty()) {
            return found;
        }
        UUID[] keys = identities.toArray(UUID[]::new);
        Sql sql = Sql.each("SELECT source_key FROM document WHERE person_id = ? AND source_key", keys, person.value());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(row.getObject(1, UUID.class));
            }
        }
        return found;
    }

    /** Observations are stored as documents. */
    void add(List<UUID> identities) throws SQLException {
        long after = ThreadLocalRandom.current().nextLong();
        Long before = SeriesHead.documents(connection, person, after);
        if (before == null) {
            marks = IdentityMarks.of();
        } else if (marks == null) {
            marks = known.marks(person, key, before);
        }
        stamp = after;
        if (marks != null) {
            for (UUID identity : identities) {
                marks.add(IdPage.kept(identity));
            }
            known.keep(person, key, after, marks);
        }
    }

    /** Of all types, which the index has beside each other; one more than may be known, when there are more. */
    private long[] all() throws SQLException {
        Sql sql = Sql.of(
                "SELECT source_key FROM document WHERE person_id = ? LIMIT ?",
                person.value(),
                KnownIdentities.MOST_READ + 1);
        LongStream.Builder all = LongStream.builder();
        try (PreparedStatement select = sql.prepare(connection)) {
            select.setFetchSize(FETCH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.accept(IdPage.kept(row.getObject(1, UUID.class)));
                }
            }
        }
        return all.build().toArray();
    }
}
