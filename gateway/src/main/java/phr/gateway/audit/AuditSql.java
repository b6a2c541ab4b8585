package phr.gateway.audit;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.Sha256;

/** The statements of the access log. */
final class AuditSql {

    /** What the first entry of a chain follows. */
    static final Sha256 GENESIS = Sha256.of(new byte[0]);

    /** Last number and hash of a chain. */
    record Tip(long seq, Sha256 hash) {

        /** Of a chain without entries. */
        static final Tip NONE = new Tip(0, GENESIS);
    }

    static final String COLUMNS = "person, seq, at, organisation, organisation_name, app, app_user, action,"
            + " interaction, purposes, outcome, reason, directives, detail, prev_hash, hash";

    private static final String WITH_DELIVERY = "select " + COLUMNS
            + ", items, packed from audit_entry left join (select d.person as whose, entry, items, packed from audit_delivery d) as"
            + " delivered on whose = person and entry = seq where person = ?";

    private AuditSql() {}

    /**
     * Locks the chains until the transaction ends, always in the same order, so entries of one person queue up, never fork, and
     * nobody waits in a circle. The first thing a transaction does: where a chain begins, it begins again.
     */
    static Map<PersonId, Tip> lockedTips(Connection connection, Collection<PersonId> persons) throws SQLException {
        Map<PersonId, Tip> tips = lockedIfThere(connection, persons);
        if (tips.size() == persons.size()) {
            return tips;
        }
        connection.rollback();
        begin(connection, persons);
        connection.commit();
        return lockedIfThere(connection, persons);
    }

    private static Map<PersonId, Tip> lockedIfThere(Connection connection, Collection<PersonId> persons)
            throws SQLException {
        Map<PersonId, Tip> tips = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select person, seq, hash from audit_head where person = any (?) order by person for update")) {
            select.setArray(1, ids(connection, persons));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    tips.put(
                            new PersonId(row.getObject(1, UUID.class)),
                            new Tip(row.getLong(2), Sha256.from(row.getBytes(3))));
                }
            }
        }
        return tips;
    }

    private static void begin(Connection connection, Collection<PersonId> persons) throws SQLException {
        try (PreparedStatement begin =
                connection.prepareStatement("insert into audit_head (person, seq, hash) select p, 0, ?"
                        + " from unnest(?) as chain (p) order by p on conflict (person) do nothing")) {
            begin.setBytes(1, GENESIS.bytes());
            begin.setArray(2, ids(connection, persons));
            begin.executeUpdate();
        }
    }

    static Array ids(Connection connection, Collection<PersonId> persons) throws SQLException {
        return connection.createArrayOf(
                "uuid", persons.stream().map(PersonId::value).toArray());
    }

    static Tip tip(Connection connection, PersonId person) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select seq, hash from audit_head where person = ?")) {
            select.setObject(1, person.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new Tip(row.getLong(1), Sha256.from(row.getBytes(2))) : Tip.NONE;
            }
        }
    }

    /** As they are registered now; the entry keeps that. */
    static Map<String, Counterpart> counterparts(Connection connection, Set<String> organisations) throws SQLException {
        Map<String, Counterpart> registered = new HashMap<>();
        if (organisations.isEmpty()) {
            return registered;
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select id, name, address, representative, country from organisation where id = any (?)")) {
            select.setArray(1, texts(connection, organisations));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Counterpart party = new Counterpart(
                            row.getString(1),
                            "RECIPIENT",
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5));
                    registered.put(party.id(), party);
                }
            }
        }
        return registered;
    }

    static long permitted(Connection connection, PersonId person, String directive, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select count(*) from audit_entry where person = ? and at >= ? and outcome = 'PERMIT'"
                        + " and action not in ('consent', 'ledger', 'notice')"
                        + " and exists (select 1 from unnest(directives) as d (key) where split_part(d.key, '@', 1) = ?)")) {
            select.setObject(1, person.value());
            select.setObject(2, since.atOffset(ZoneOffset.UTC));
            select.setString(3, directive);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /**
     * Appends entries and moves the ends of their chains, where each chain ends as the first of its entries says; a single entry in one
     * round trip.
     *
     * @param entries those of a person in the order of her chain
     * @return false when a chain ends otherwise: then not all of it is written
     */
    static boolean append(Connection connection, List<AuditEntry> entries) throws SQLException {
        // persons always in the same order, so that nobody waits in a circle
        Map<String, List<AuditEntry>> chains = entries.stream()
                .collect(Collectors.groupingBy(entry -> entry.person().toString(), TreeMap::new, Collectors.toList()));
        try (PreparedStatement begin =
                connection.prepareStatement("with moved as (update audit_head set seq = ?, hash = ?"
                        + " where person = ? and seq = ? and hash = ? returning person) insert into audit_entry ("
                        + COLUMNS
                        + ") select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from moved")) {
            for (List<AuditEntry> chain : chains.values()) {
                AuditEntry first = chain.get(0);
                AuditEntry last = chain.get(chain.size() - 1);
                begin.setLong(1, last.seq());
                begin.setBytes(2, last.hash().bytes());
                begin.setObject(3, first.person().value());
                begin.setLong(4, first.seq() - 1);
                begin.setBytes(5, first.previous().bytes());
                bind(begin, 5, first);
                begin.addBatch();
            }
            if (Arrays.stream(begin.executeBatch()).anyMatch(written -> written != 1)) {
                return false;
            }
        }
        if (chains.size() < entries.size()) {
            insert(
                    connection,
                    chains.values().stream()
                            .flatMap(chain -> chain.stream().skip(1))
                            .toList());
        }
        return true;
    }

    private static void insert(Connection connection, List<AuditEntry> entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into audit_entry (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (AuditEntry entry : entries) {
                bind(insert, 0, entry);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement insert, int before, AuditEntry entry) throws SQLException {
        Connection connection = insert.getConnection();
        insert.setObject(before + 1, entry.person().value());
        insert.setLong(before + 2, entry.seq());
        insert.setObject(before + 3, entry.at().atOffset(ZoneOffset.UTC));
        insert.setString(before + 4, entry.organisation());
        insert.setString(before + 5, entry.organisationName());
        insert.setString(before + 6, entry.app());
        insert.setString(before + 7, entry.user());
        insert.setString(before + 8, entry.action());
        insert.setString(before + 9, entry.interaction());
        insert.setArray(before + 10, texts(connection, entry.purposes()));
        insert.setString(before + 11, entry.outcome());
        insert.setString(before + 12, entry.reason());
        insert.setArray(before + 13, texts(connection, entry.directives()));
        insert.setString(before + 14, entry.detail());
        insert.setBytes(before + 15, entry.previous().bytes());
        insert.setBytes(before + 16, entry.hash().bytes());
    }

    /** An entry, with the canonical JSON of what was streamed when its end is known. */
    interface Witness {
        void see(AuditEntry entry, @Nullable String delivered);
    }

    /** Newest first. */
    static void page(Connection connection, PersonId person, long before, int count, Witness witness)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(WITH_DELIVERY + " and seq < ? order by seq desc limit ?")) {
            select.setObject(1, person.value());
            select.setLong(2, before);
            select.setInt(3, count);
            see(select, witness);
        }
    }

    /** Oldest first. */
    static void each(Connection connection, PersonId person, Witness witness) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(WITH_DELIVERY + " order by seq")) {
            select.setObject(1, person.value());
            select.setFetchSize(1000);
            see(select, witness);
        }
    }

    private static void see(PreparedStatement select, Witness witness) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                witness.see(entry(row), DeliverySql.items(row, 17));
            }
        }
    }

    static void each(Connection connection, PersonId person, Consumer<AuditEntry> entries) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from audit_entry where person = ? order by seq")) {
            select.setObject(1, person.value());
            select.setFetchSize(1000);
            read(select, entries);
        }
    }

    private static void read(PreparedStatement select, Consumer<AuditEntry> entries) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                entries.accept(entry(row));
            }
        }
    }

    static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                PersonId.parse(row.getString(1)),
                row.getLong(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                texts(row.getArray(10)),
                row.getString(11),
                row.getString(12),
                texts(row.getArray(13)),
                row.getString(14),
                Sha256.from(row.getBytes(15)),
                Sha256.from(row.getBytes(16)));
    }

    private static Array texts(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
