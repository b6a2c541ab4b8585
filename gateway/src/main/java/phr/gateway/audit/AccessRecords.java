package phr.gateway.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/** The entries that belong into a ledger (consent-semantics.md §16.3), oldest first. */
public enum AccessRecords {
    /** 第三者提供記録: whatever another party asked for, and packages that left. */
    PROVISIONS("e.action not in ('contribute', 'consent', 'ledger', 'notice')"
            + " and (e.organisation is not null or e.detail like '%\"counterparts\"%' or e.interaction = 'export')"),
    /** 受領記録: every file that was offered. */
    RECEIPTS("e.action = 'contribute' and (e.detail like '%\"source\"%'"
            + " or e.outcome = 'DENY' and e.interaction in ('ingest', 'import'))");

    private static final String COLUMNS =
            "e.person, e.seq, e.at, e.organisation, e.organisation_name, e.app, e.app_user,"
                    + " e.action, e.interaction, e.purposes, e.outcome, e.reason, e.directives, e.detail, e.prev_hash, e.hash,"
                    + " d.outcome, d.items, d.packed";

    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

    private final String which;

    AccessRecords(String which) {
        this.which = which;
    }

    /**
     * @param from null = from the beginning
     * @param until exclusive; null = to the end
     */
    public void each(
            Connection connection,
            PersonId person,
            @Nullable Instant from,
            @Nullable Instant until,
            Consumer<AccessRecord> records)
            throws SQLException {
        try (PreparedStatement select = select(connection, COLUMNS, person, from, until, " order by e.seq")) {
            select.setFetchSize(1000);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    records.accept(record(row));
                }
            }
        }
    }

    /** Whether there is one at all. */
    public boolean any(Connection connection, PersonId person, @Nullable Instant from, @Nullable Instant until)
            throws SQLException {
        try (PreparedStatement select = select(connection, "1", person, from, until, " limit 1");
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    private PreparedStatement select(
            Connection connection,
            String columns,
            PersonId person,
            @Nullable Instant from,
            @Nullable Instant until,
            String order)
            throws SQLException {
        PreparedStatement select = connection.prepareStatement("select " + columns + " from audit_entry e"
                + " left join audit_delivery d on d.person = e.person and d.entry = e.seq"
                + " where e.person = ? and e.at >= ? and e.at < ? and " + which + order);
        select.setObject(1, person.value());
        select.setObject(2, (from == null ? Instant.EPOCH : from).atOffset(ZoneOffset.UTC));
        select.setObject(3, (until == null ? END : until).atOffset(ZoneOffset.UTC));
        return select;
    }

    private static AccessRecord record(ResultSet row) throws SQLException {
        AuditEntry entry = AuditSql.entry(row);
        return new AccessRecord(
                entry.seq(),
                entry.at(),
                entry.organisation(),
                entry.organisationName(),
                entry.app(),
                entry.user(),
                entry.action(),
                entry.interaction(),
                entry.purposes(),
                entry.outcome().equals(AccessEvent.Outcome.PERMIT.name()),
                entry.reason(),
                entry.directives(),
                entry.detail(),
                row.getString(17),
                DeliverySql.items(row, 18),
                entry.previous().hex(),
                entry.hash().hex());
    }
}
