package phr.gateway.notices;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/** The statements of {@code recipient_notice} and its numbers. */
final class NoticeSql {

    private static final String COLUMNS = "id, organisation, number, person_id, patient, directive_id, version, kind,"
            + " written_at, erase_by, sent_at, acknowledged_at, erased_at";

    private NoticeSql() {}

    /** The next number of the recipient; whoever takes one too waits until this transaction ends, so numbers follow commits. */
    static long number(Connection connection, String organisation) throws SQLException {
        try (PreparedStatement next = connection.prepareStatement("insert into notice_number (organisation, last)"
                + " values (?, 1) on conflict (organisation) do update set last = notice_number.last + 1"
                + " returning last")) {
            next.setString(1, organisation);
            try (ResultSet row = next.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    static void insert(Connection connection, Notice notice) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into recipient_notice (id, organisation,"
                + " number, person_id, patient, directive_id, version, kind, written_at, erase_by)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, notice.id());
            insert.setString(2, notice.organisation());
            insert.setLong(3, notice.number());
            insert.setObject(4, notice.person().value());
            insert.setObject(5, notice.patient());
            insert.setObject(6, notice.directive(), Types.OTHER);
            insert.setObject(7, notice.directive() == null ? null : notice.version(), Types.INTEGER);
            insert.setString(8, notice.kind().name());
            insert.setObject(9, utc(notice.writtenAt()));
            insert.setObject(10, utc(notice.eraseBy()));
            insert.executeUpdate();
        }
        try (PreparedStatement courier = connection.prepareStatement(
                "insert into notice_courier (organisation, next_at) values (?, ?) on conflict do nothing")) {
            courier.setString(1, notice.organisation());
            courier.setObject(2, utc(notice.writtenAt()));
            courier.executeUpdate();
        }
    }

    static List<Notice> ofDirective(Connection connection, PersonId person, UUID directive) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                + " from recipient_notice where person_id = ? and directive_id = ? order by written_at, organisation,"
                + " number")) {
            select.setObject(1, person.value());
            select.setObject(2, directive);
            return read(select);
        }
    }

    static List<Notice> after(Connection connection, String organisation, long number, int count) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                + " from recipient_notice where organisation = ? and number > ? order by number limit ?")) {
            select.setString(1, organisation);
            select.setLong(2, number);
            select.setInt(3, count);
            return read(select);
        }
    }

    /** The oldest that waits. */
    static Optional<Notice> head(Connection connection, String organisation) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + COLUMNS
                        + " from recipient_notice where organisation = ? and acknowledged_at is null order by number limit 1")) {
            select.setString(1, organisation);
            return read(select).stream().findFirst();
        }
    }

    static Optional<Notice> locked(Connection connection, String organisation, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + COLUMNS + " from recipient_notice where organisation = ? and id = ? for update")) {
            select.setString(1, organisation);
            select.setObject(2, id);
            return read(select).stream().findFirst();
        }
    }

    static void sent(Connection connection, UUID id, Instant at) throws SQLException {
        mark(connection, "sent_at = coalesce(sent_at, ?)", id, at);
    }

    static void acknowledged(Connection connection, UUID id, Instant at) throws SQLException {
        sent(connection, id, at);
        mark(connection, "acknowledged_at = coalesce(acknowledged_at, ?)", id, at);
    }

    static void erased(Connection connection, UUID id, Instant at) throws SQLException {
        acknowledged(connection, id, at);
        mark(connection, "erased_at = coalesce(erased_at, ?)", id, at);
    }

    private static void mark(Connection connection, String what, UUID id, Instant at) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update recipient_notice set " + what + " where id = ?")) {
            update.setObject(1, utc(at));
            update.setObject(2, id);
            update.executeUpdate();
        }
    }

    private static List<Notice> read(PreparedStatement select) throws SQLException {
        List<Notice> notices = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                notices.add(new Notice(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getLong(3),
                        new PersonId(row.getObject(4, UUID.class)),
                        row.getObject(5, UUID.class),
                        row.getObject(6, UUID.class),
                        row.getInt(7),
                        Notice.Kind.valueOf(row.getString(8)),
                        row.getObject(9, OffsetDateTime.class).toInstant(),
                        instant(row, 10),
                        instant(row, 11),
                        instant(row, 12),
                        instant(row, 13)));
            }
        }
        return notices;
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
