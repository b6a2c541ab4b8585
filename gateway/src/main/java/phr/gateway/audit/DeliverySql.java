package phr.gateway.audit;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.Sha256;

/** The statements of {@code audit_delivery}, the second chain of a person. Its tip stands in the same row as that of the first. */
final class DeliverySql {

    private static final String COLUMNS = "person, seq, entry, at, outcome, items, packed, prev_hash, hash";

    private static final int LEVEL = 1;

    private static final Comparator<DeliveryEntry> BY_PERSON =
            Comparator.comparing(delivery -> delivery.person().toString());

    private DeliverySql() {}

    /** Locks the chains as {@link AuditSql#lockedTips} does; each has an entry, so that its head is there. */
    static Map<PersonId, AuditSql.Tip> lockedTips(Connection connection, Collection<PersonId> persons)
            throws SQLException {
        Map<PersonId, AuditSql.Tip> tips = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select deliveries, delivery_hash, person from audit_head where person = any (?) order by person for update")) {
            select.setArray(1, AuditSql.ids(connection, persons));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    tips.put(new PersonId(row.getObject(3, UUID.class)), tip(row));
                }
            }
        }
        return tips;
    }

    static AuditSql.Tip tip(Connection connection, PersonId person) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select deliveries, delivery_hash from audit_head where person = ?")) {
            select.setObject(1, person.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? tip(row) : AuditSql.Tip.NONE;
            }
        }
    }

    private static AuditSql.Tip tip(ResultSet row) throws SQLException {
        return new AuditSql.Tip(row.getLong(1), Sha256.from(row.getBytes(2)));
    }

    /** As {@link AuditSql#append}. */
    static boolean append(Connection connection, List<DeliveryEntry> deliveries) throws SQLException {
        try (PreparedStatement append =
                connection.prepareStatement("with moved as (update audit_head set deliveries = ?, delivery_hash = ?"
                        + " where person = ? and deliveries = ? and delivery_hash = ? returning person)"
                        + " insert into audit_delivery (person, seq, entry, at, outcome, packed, prev_hash, hash)"
                        + " select ?, ?, ?, ?, ?, ?, ?, ? from moved")) {
            // persons always in the same order, so that nobody waits in a circle
            for (DeliveryEntry delivery : deliveries.stream().sorted(BY_PERSON).toList()) {
                append.setLong(1, delivery.seq());
                append.setBytes(2, delivery.hash().bytes());
                append.setObject(3, delivery.person().value());
                append.setLong(4, delivery.seq() - 1);
                append.setBytes(5, delivery.previous().bytes());
                append.setObject(6, delivery.person().value());
                append.setLong(7, delivery.seq());
                append.setLong(8, delivery.entry());
                append.setObject(9, delivery.at().atOffset(ZoneOffset.UTC));
                append.setString(10, delivery.outcome());
                append.setBytes(11, Zstd.compress(delivery.items().getBytes(StandardCharsets.UTF_8), LEVEL));
                append.setBytes(12, delivery.previous().bytes());
                append.setBytes(13, delivery.hash().bytes());
                append.addBatch();
            }
            return Arrays.stream(append.executeBatch()).allMatch(written -> written == 1);
        }
    }

    static void each(Connection connection, PersonId person, Consumer<DeliveryEntry> entries) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + COLUMNS + " from audit_delivery where person = ? order by seq")) {
            select.setObject(1, person.value());
            select.setFetchSize(1000);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.accept(entry(row));
                }
            }
        }
    }

    private static DeliveryEntry entry(ResultSet row) throws SQLException {
        return new DeliveryEntry(
                PersonId.parse(row.getString(1)),
                row.getLong(2),
                row.getLong(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getString(5),
                Objects.requireNonNull(items(row, 6)),
                Sha256.from(row.getBytes(8)),
                Sha256.from(row.getBytes(9)));
    }

    /**
     * What was delivered; null when its end is not known.
     *
     * @param at the column {@code items}, which {@code packed} follows
     */
    static @Nullable String items(ResultSet row, int at) throws SQLException {
        byte[] packed = row.getBytes(at + 1);
        return packed == null
                ? row.getString(at)
                : new String(
                        Zstd.decompress(packed, Math.toIntExact(Zstd.getFrameContentSize(packed))),
                        StandardCharsets.UTF_8);
    }
}
