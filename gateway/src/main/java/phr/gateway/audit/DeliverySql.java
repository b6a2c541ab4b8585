package phr.gateway.audit;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.Sha256;

/** The statements of {@code audit_delivery}, the second chain of a person. Its tip stands in the same row as that of the first. */
final class DeliverySql {

    private static final String COLUMNS = "person, seq, entry, at, outcome, items, packed, prev_hash, hash";

    private static final int LEVEL = 1;

    private DeliverySql() {}

    /** Of a chain that has an entry, so that its head is there. */
    static AuditSql.Tip lockedTip(Connection connection, PersonId person) throws SQLException {
        return tip(connection, person, " for update");
    }

    static AuditSql.Tip tip(Connection connection, PersonId person) throws SQLException {
        return tip(connection, person, "");
    }

    private static AuditSql.Tip tip(Connection connection, PersonId person, String lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select deliveries, delivery_hash from audit_head where person = ?" + lock)) {
            select.setObject(1, person.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new AuditSql.Tip(row.getLong(1), Sha256.from(row.getBytes(2))) : AuditSql.Tip.NONE;
            }
        }
    }

    static void insert(Connection connection, DeliveryEntry entry) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into audit_delivery (" + COLUMNS + ") values (?, ?, ?, ?, ?, NULL, ?, ?, ?)")) {
            insert.setObject(1, entry.person().value());
            insert.setLong(2, entry.seq());
            insert.setLong(3, entry.entry());
            insert.setObject(4, entry.at().atOffset(ZoneOffset.UTC));
            insert.setString(5, entry.outcome());
            insert.setBytes(6, Zstd.compress(entry.items().getBytes(StandardCharsets.UTF_8), LEVEL));
            insert.setBytes(7, entry.previous().bytes());
            insert.setBytes(8, entry.hash().bytes());
            insert.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement(
                "update audit_head set deliveries = ?, delivery_hash = ? where person = ?")) {
            update.setLong(1, entry.seq());
            update.setBytes(2, entry.hash().bytes());
            update.setObject(3, entry.person().value());
            update.executeUpdate();
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
