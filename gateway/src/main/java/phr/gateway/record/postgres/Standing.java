package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.consent.StalePermitException;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.keys.DataKeys;

/**
 * Whether a permit still stands (consent-semantics.md §15). The epoch is confirmed three times: before the rows are asked for,
 * inside the statement that reads them, and again while they are streamed, so that a running answer ends with a revocation.
 */
final class Standing {

    private static final String EPOCH = "coalesce((SELECT e.epoch FROM consent_epoch e WHERE e.person_id = ?), 0)";

    private final DataKeys keys;
    private final Clock clock;

    Standing(DataKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * What a call works with.
     *
     * @param head null when she has no packed series
     */
    record Ground(DataKey key, @Nullable SeriesHead head) {

        /** Null when she has no packed series. */
        @Nullable
        Long stamp() {
            return head == null ? null : head.stamp();
        }

        /** Whether there are no documents of these types, only packed samples: then none need be asked for. */
        boolean packedOnly(Set<String> types) {
            return head != null && head.documents() == null && types.equals(Set.of(SampleHit.TYPE));
        }
    }

    /**
     * The person's data key, when the permit stands; empty when she has no data.
     *
     * @throws StalePermitException when it does not
     */
    Optional<DataKey> confirm(Connection connection, Permit permit) throws SQLException {
        return ground(connection, permit).map(Ground::key);
    }

    /** As {@link #confirm}, and whether she has packed series. */
    Optional<Ground> ground(Connection connection, Permit permit) throws SQLException {
        PersonId person = permit.subject();
        Sql sql = Sql.of("SELECT " + EPOCH, person.value())
                .add(
                        ", k.wrapped, h.stamp, h.documents, h.content FROM (VALUES (1)) AS one (row)"
                                + " LEFT JOIN person_key k ON k.person_id = ? LEFT JOIN series_head h ON h.person_id = ?",
                        person.value(),
                        person.value());
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            row.next();
            if (row.getLong(1) != permit.epoch() || !clock.instant().isBefore(permit.validUntil())) {
                throw new StalePermitException();
            }
            byte[] wrapped = row.getBytes(2);
            if (wrapped == null) {
                return Optional.empty();
            }
            long stamp = row.getLong(3);
            SeriesHead head =
                    row.wasNull() ? null : new SeriesHead(stamp, row.getObject(4, Long.class), row.getLong(5));
            return Optional.of(new Ground(keys.unwrap(person, wrapped), head));
        }
    }

    /** The condition that no row comes back under a permit that no longer stands. */
    static Sql condition(Permit permit) {
        return Sql.of(EPOCH + " = ?", permit.subject().value(), permit.epoch());
    }
}
