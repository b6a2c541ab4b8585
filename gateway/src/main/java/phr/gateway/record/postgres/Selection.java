package phr.gateway.record.postgres;

import java.util.List;
import java.util.stream.IntStream;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.fhir.facts.DataTime;
import phr.gateway.record.Position;
import phr.gateway.record.Query;
import phr.gateway.record.Query.DateFilter;
import phr.gateway.record.Query.TokenFilter;
import phr.gateway.record.postgres.Blinding.Kind;
import phr.gateway.record.postgres.PredicateSql.Referrals;

/**
 * A query under a permit as one statement. The number of the first grant that is true comes back with each row, rows without one
 * never do.
 */
final class Selection {

    /** Files are found through what describes them; see {@code RecordStore#search}. */
    private static final String BINARY = "Binary";

    private final Permit permit;
    private final Blinding blinding;
    private final PredicateSql predicates;

    private Selection(Permit permit, Blinding blinding, Referrals referrals) {
        this.permit = permit;
        this.blinding = blinding;
        this.predicates = new PredicateSql(permit.subject(), blinding, referrals);
    }

    /** One resource by its reference {@code Type/id}. */
    static Sql one(Permit permit, Blinding blinding, String reference) {
        return new Selection(permit, blinding, Referrals.BY_ROW).one(reference);
    }

    /** The file behind a Binary. */
    static Sql original(Permit permit, Blinding blinding, String reference) {
        return new Selection(permit, blinding, Referrals.BY_ROW).original(reference);
    }

    /** All that match, in order. */
    static Sql many(Permit permit, Blinding blinding, Query query) {
        Selection selection = new Selection(permit, blinding, Referrals.SHARED);
        Sql sql = selection.many(query);
        return selection.predicates.prefix().add(sql);
    }

    private Sql one(String reference) {
        return permitted("d.type, d.id, d.version, d.last_updated, d.data_from, d.body, g.number, ", "")
                .add(" AND d.ref = ?", blinding.one(Kind.REFERENCE, reference));
    }

    private Sql original(String reference) {
        return permitted(
                        "d.original, o.head, ",
                        " JOIN original o ON o.person_id = d.person_id AND o.content = d.original")
                .add(" AND d.ref = ?", blinding.one(Kind.REFERENCE, reference));
    }

    private Sql many(Query query) {
        Sql sql = permitted("d.type, d.id, d.version, d.last_updated, d.data_from, d.body, g.number, ", "");
        if (query.types().isEmpty()) {
            sql.add(" AND d.type <> ?", BINARY);
        } else {
            sql.add(" AND d.type = ANY (?)", (Object) query.types().toArray(String[]::new));
        }
        query.tokens().forEach(filter -> sql.add(" AND d.tokens && ?", sought(filter)));
        query.dates().forEach(filter -> sql.add(" AND d.time_known AND ").add(date(filter)));
        Position after = query.after();
        if (after != null) {
            long from = Micros.start(after.time());
            sql.add(
                    " AND d.data_from <= ? AND (d.data_from < ? OR (d.type, d.id) > (?, ?))",
                    from,
                    from,
                    after.type(),
                    after.id());
        }
        sql.add(" ORDER BY d.data_from DESC, d.type, d.id");
        if (query.count() > 0) {
            sql.add(" LIMIT ?", query.count() + 1L);
        }
        return sql;
    }

    private Sql permitted(String columns, String join) {
        return Sql.of("SELECT " + columns)
                .add(hidden())
                .add(" AS hidden FROM document d CROSS JOIN LATERAL (SELECT ")
                .add(grantNumber())
                .add(" AS number) g" + join)
                .add(
                        " WHERE d.person_id = ? AND g.number IS NOT NULL AND ",
                        permit.subject().value())
                .add(Standing.condition(permit));
    }

    private Sql grantNumber() {
        List<Grant> grants = permit.grants();
        if (grants.isEmpty()) {
            return Sql.of("NULL::integer");
        }
        Sql sql = Sql.of("CASE");
        for (int number = 0; number < grants.size(); number++) {
            sql.add(" WHEN ")
                    .add(predicates.condition(grants.get(number).predicate(), "d"))
                    .add(" THEN " + number);
        }
        return sql.add(" END");
    }

    /** Blinded links of the row to what is not there or not permitted; null where nothing has to be masked. */
    private Sql hidden() {
        List<Grant> grants = permit.grants();
        int[] masking = IntStream.range(0, grants.size())
                .filter(number -> grants.get(number).obligations().contains(Obligation.MASK_REFERENCES))
                .toArray();
        if (masking.length == 0) {
            return Sql.of("NULL::bigint[]");
        }
        List<Predicate> permitted = grants.stream().map(Grant::predicate).toList();
        return Sql.of("CASE WHEN g.number = ANY (?) THEN ARRAY(SELECT l.ref FROM unnest(d.links) AS l (ref)", masking)
                .add(
                        " WHERE NOT EXISTS (SELECT 1 FROM document t WHERE t.person_id = ?",
                        permit.subject().value())
                .add(" AND t.ref = l.ref AND ")
                .add(predicates.condition(new Predicate.Any(permitted), "t"))
                .add(")) END");
    }

    private long[] sought(TokenFilter filter) {
        return filter.alternatives().stream()
                .mapToLong(alternative -> blinding.soughtToken(filter.parameter(), alternative))
                .toArray();
    }

    /** FHIR R4 search §3.1.1.4.5: the range of the resource compared with that of the value. */
    private static Sql date(DateFilter filter) {
        DataTime value = filter.value();
        if (!value.known()) {
            throw new IllegalArgumentException("a date parameter has a value");
        }
        long from = Micros.start(value.from());
        long to = Micros.end(value.to());
        Sql inside = Sql.of("(d.data_from >= ? AND d.data_to <= ?)", from, to);
        return switch (filter.comparison()) {
            case EQ -> inside;
            case NE -> Sql.of("NOT ").add(inside);
            case LT -> Sql.of("d.data_from < ?", from);
            case GT -> Sql.of("d.data_to > ?", to);
            case LE -> Sql.joined(" OR ", List.of(Sql.of("d.data_from < ?", from), inside));
            case GE -> Sql.joined(" OR ", List.of(Sql.of("d.data_to > ?", to), inside));
            case SA -> Sql.of("d.data_from >= ?", to);
            case EB -> Sql.of("d.data_to <= ?", from);
        };
    }
}
