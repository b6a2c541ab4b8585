package phr.gateway.record.postgres;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import phr.fhir.facts.DataTime;
import phr.gateway.record.Position;
import phr.gateway.record.Query;
import phr.gateway.record.Query.DateFilter;
import phr.gateway.record.Query.TokenFilter;
import phr.gateway.record.postgres.Blinding.Kind;

/** The parts of a query as conditions on rows {@code d}, its order and where a page begins. Made for one query. */
final class Filters {

    /** Files are found through what describes them; see {@code RecordStore#search}. */
    private static final String BINARY = "Binary";

    private final Blinding blinding;
    private final Query query;

    Filters(Blinding blinding, Query query) {
        this.blinding = blinding;
        this.query = query;
    }

    /** Begins with AND. */
    Sql conditions() {
        Sql sql = Sql.of(" AND NOT d.deleted");
        if (query.types().isEmpty()) {
            sql.add(" AND d.type <> ?", BINARY);
        } else {
            sql.add(" AND d.type = ANY (?)", (Object) query.types().toArray(String[]::new));
        }
        if (!query.references().isEmpty()) {
            sql.add(" AND d.ref = ANY (?)", references(query.references()));
        }
        if (!query.referring().isEmpty()) {
            sql.add(" AND d.links && ?", references(query.referring()));
        }
        query.tokens().forEach(filter -> sql.add(" AND ").add(token(filter)));
        query.dates().forEach(filter -> sql.add(" AND d.time_known AND ").add(date(filter)));
        query.updated().forEach(filter -> sql.add(" AND ").add(updated(filter)));
        return sql;
    }

    private long[] references(Set<String> references) {
        return blinding.all(Kind.REFERENCE, references);
    }

    private Sql token(TokenFilter filter) {
        long[] sought = filter.alternatives().stream()
                .mapToLong(alternative -> blinding.soughtToken(filter.parameter(), alternative))
                .toArray();
        return Sql.of(filter.not() ? "NOT (d.tokens && ?)" : "d.tokens && ?", sought);
    }

    private static Sql date(DateFilter filter) {
        return compared("d.data_from", "d.data_to", filter);
    }

    private static Sql updated(DateFilter filter) {
        String micros = "(extract(epoch FROM d.last_updated) * 1000000)::bigint";
        return compared(micros, "(" + micros + " + 1)", filter);
    }

    /** FHIR R4 search §3.1.1.4.5: the range of the resource compared with that of the value. */
    private static Sql compared(String start, String end, DateFilter filter) {
        DataTime value = filter.value();
        if (!value.known()) {
            throw new IllegalArgumentException("a date parameter has a value");
        }
        long from = Micros.start(value.from());
        long to = Micros.end(value.to());
        Sql inside = Sql.of("(" + start + " >= ? AND " + end + " <= ?)", from, to);
        return switch (filter.comparison()) {
            case EQ -> inside;
            case NE -> Sql.of("NOT ").add(inside);
            case LT -> Sql.of(start + " < ?", from);
            case GT -> Sql.of(end + " > ?", to);
            case LE -> Sql.joined(" OR ", List.of(Sql.of(start + " < ?", from), inside));
            case GE -> Sql.joined(" OR ", List.of(Sql.of(end + " > ?", to), inside));
            case SA -> Sql.of(start + " >= ?", to);
            case EB -> Sql.of(end + " <= ?", from);
        };
    }

    /** Where the page begins, in which order, and one row more than it holds. */
    Sql page() {
        Sql sql = query.after() == null ? new Sql() : after(query.after());
        sql.add(
                switch (query.order()) {
                    case NEWEST -> " ORDER BY d.data_from DESC, d.type, d.id";
                    case OLDEST -> " ORDER BY d.data_from, d.type DESC, d.id DESC";
                    case ID -> " ORDER BY d.id, d.type";
                    case UPDATED_FIRST -> " ORDER BY d.last_updated, d.type, d.id";
                    case UPDATED_LAST -> " ORDER BY d.last_updated DESC, d.type, d.id";
                });
        // Values are told from others only when they are decrypted.
        return query.count() > 0 && query.values().isEmpty() ? sql.add(" LIMIT ?", query.count() + 1L) : sql;
    }

    private Sql after(Position after) {
        return switch (query.order()) {
            case NEWEST -> behind("d.data_from", "<", ">", Micros.start(after.time()), after);
            case OLDEST -> behind("d.data_from", ">", "<", Micros.start(after.time()), after);
            case ID -> Sql.of(" AND (d.id, d.type) > (?, ?)", after.id(), after.type());
            case UPDATED_FIRST -> behind("d.last_updated", ">", ">", time(after), after);
            case UPDATED_LAST -> behind("d.last_updated", "<", ">", time(after), after);
        };
    }

    private static Sql behind(String column, String further, String then, Object key, Position after) {
        return Sql.of(
                " AND " + column + " " + further + "= ? AND (" + column + " " + further + " ? OR (d.type, d.id) " + then
                        + " (?, ?))",
                key,
                key,
                after.type(),
                after.id());
    }

    private static Object time(Position after) {
        if (after.time() == null) {
            throw new IllegalArgumentException("every version has a time");
        }
        return after.time().atOffset(ZoneOffset.UTC);
    }
}
