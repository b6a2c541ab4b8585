package phr.gateway.record.postgres;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import phr.consent.CalendarUnit;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.gateway.record.Query;
import phr.gateway.record.postgres.Blinding.Kind;
import phr.gateway.record.postgres.PredicateSql.Referrals;

/**
 * A query under a permit as one statement. The number of the first grant that is true comes back with each row, rows without one
 * never do.
 */
final class Selection {

    private static final String COLUMNS =
            "d.type, d.id, d.version, d.last_updated, d.data_from, d.data_to, d.time_known, d.deleted, d.body, g.number, ";

    private final Permit permit;
    private final Blinding blinding;
    private final PredicateSql predicates;
    private final Set<String> types;

    /** @param types of the rows; empty = all */
    private Selection(
            Permit permit, Blinding blinding, Referrals referrals, PackedReferrals packed, Set<String> types) {
        this.permit = permit;
        this.types = types;
        this.blinding = blinding;
        this.predicates = new PredicateSql(permit.subject(), blinding, referrals, packed);
    }

    /** The last version of one resource {@code Type/id}. */
    static Sql latest(Permit permit, Blinding blinding, String reference, PackedReferrals packed) {
        Selection selection = new Selection(permit, blinding, Referrals.BY_ROW, packed, type(reference));
        return selection.permitted(Sql.of("document d")).add(" AND d.ref = ?", blinding.one(Kind.REFERENCE, reference));
    }

    /** One version of it. */
    static Sql version(Permit permit, Blinding blinding, String reference, int version, PackedReferrals packed) {
        Selection selection = new Selection(permit, blinding, Referrals.BY_ROW, packed, type(reference));
        return selection.permitted(selection.versions(reference)).add(" AND d.version = ?", version);
    }

    /** All its versions, newest first. */
    static Sql history(Permit permit, Blinding blinding, String reference, PackedReferrals packed) {
        Selection selection = new Selection(permit, blinding, Referrals.BY_ROW, packed, type(reference));
        return selection.permitted(selection.versions(reference)).add(" ORDER BY d.version DESC");
    }

    /** The file behind a Binary. */
    static Sql original(Permit permit, Blinding blinding, String reference, PackedReferrals packed) {
        Selection selection = new Selection(permit, blinding, Referrals.BY_ROW, packed, type(reference));
        return Sql.of("SELECT d.original, o.head FROM ")
                .add(selection.rows(
                        Sql.of("document d"),
                        " JOIN original o ON o.person_id = d.person_id AND o.content = d.original"))
                .add(" AND NOT d.deleted AND d.ref = ?", blinding.one(Kind.REFERENCE, reference));
    }

    /** All that match, in order. */
    static Sql many(Permit permit, Blinding blinding, Query query, PackedReferrals packed) {
        Selection selection = new Selection(permit, blinding, Referrals.SHARED, packed, query.types());
        Filters filters = new Filters(blinding, query);
        Sql sql = selection
                .permitted(Sql.of("document d"))
                .add(filters.conditions())
                .add(filters.page());
        return selection.predicates.prefix().add(sql);
    }

    /** How many match, without pages. */
    static Sql count(Permit permit, Blinding blinding, Query query, PackedReferrals packed) {
        Selection selection = new Selection(permit, blinding, Referrals.SHARED, packed, query.types());
        Sql sql = Sql.of("SELECT count(*) FROM ")
                .add(selection.rows(Sql.of("document d"), ""))
                .add(new Filters(blinding, query).conditions());
        return selection.predicates.prefix().add(sql);
    }

    /**
     * All that match and may be aggregated over whole units, in order.
     *
     * @param grants those of the permit, then the aggregate grants
     */
    static Sql aggregable(
            Permit permit,
            List<Grant> grants,
            CalendarUnit unit,
            Blinding blinding,
            Query query,
            PackedReferrals packed) {
        Selection selection = new Selection(permit, blinding, Referrals.SHARED, packed, query.types());
        Filters filters = new Filters(blinding, query);
        Sql sql = Sql.of("SELECT " + COLUMNS + "NULL::bigint[] AS hidden FROM document d")
                .add(Units.of(unit))
                .add(" CROSS JOIN LATERAL (SELECT ")
                .add(selection.number(grants))
                .add(" AS number) g")
                .add(selection.where())
                .add(filters.conditions())
                .add(filters.page());
        return selection.predicates.prefix().add(sql);
    }

    /** The aggregate grants are asked about the row {@code u} of {@link Units}. */
    private Sql number(List<Grant> grants) {
        Sql sql = Sql.of("CASE WHEN FALSE THEN 0");
        for (int number = 0; number < grants.size(); number++) {
            boolean rows = number < permit.grants().size();
            sql.add(rows ? " WHEN " : " WHEN d.data_to <= u.data_to AND ")
                    .add(predicates.condition(grants.get(number).predicate(), rows ? "d" : "u"))
                    .add(" THEN " + number);
        }
        return sql.add(" END");
    }

    private Sql versions(String reference) {
        Object person = permit.subject().value();
        long ref = blinding.one(Kind.REFERENCE, reference);
        return Sql.of(
                "(SELECT c.* FROM document c WHERE c.person_id = ? AND c.ref = ?"
                        + " UNION ALL SELECT h.* FROM document_history h WHERE h.person_id = ? AND h.ref = ?) d",
                person,
                ref,
                person,
                ref);
    }

    private Sql permitted(Sql from) {
        return Sql.of("SELECT " + COLUMNS).add(hidden()).add(" AS hidden FROM ").add(rows(from, ""));
    }

    private Sql rows(Sql from, String join) {
        return from.add(" CROSS JOIN LATERAL (SELECT ")
                .add(grantNumber())
                .add(" AS number) g" + join)
                .add(where());
    }

    private Sql where() {
        return Sql.of(
                        " WHERE d.person_id = ? AND g.number IS NOT NULL AND ",
                        permit.subject().value())
                .add(Standing.condition(permit));
    }

    /** A grant that no row of these types can use is not asked. */
    private Sql grantNumber() {
        Sql sql = Sql.of("CASE WHEN FALSE THEN 0");
        for (int number = 0; number < permit.grants().size(); number++) {
            Predicate rest = Settled.ofTypes(permit.grants().get(number).predicate(), types);
            if (!rest.equals(Predicate.NEVER)) {
                sql.add(" WHEN ").add(predicates.condition(rest, "d")).add(" THEN " + number);
            }
        }
        return sql.add(" END");
    }

    private static Set<String> type(String reference) {
        return Set.of(reference.substring(0, reference.indexOf('/')));
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
                        " WHERE NOT EXISTS (SELECT 1 FROM document t WHERE t.person_id = ? AND NOT t.deleted",
                        permit.subject().value())
                .add(" AND t.ref = l.ref AND ")
                .add(predicates.condition(new Predicate.Any(permitted), "t"))
                .add(")) END");
    }
}
