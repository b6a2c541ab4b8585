package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phr.consent.Predicate;
import phr.fhir.PersonId;
import phr.gateway.record.postgres.Blinding.Kind;
import phr.gateway.record.postgres.PredicateSql.Referrals;

/**
 * A compiled consent policy as a condition on the samples of a series: the same answer as {@link PredicateSql} would give on a
 * row of each. Made for one query.
 */
final class SamplePredicates {

    private final Connection connection;
    private final PersonId person;
    private final Blinding blinding;
    private final Map<Predicate, Set<Long>> referred = new HashMap<>();

    SamplePredicates(Connection connection, PersonId person, Blinding blinding) {
        this.connection = connection;
        this.person = person;
        this.blinding = blinding;
    }

    SampleTest of(Predicate predicate, Series series) throws SQLException {
        return compile(new Settled(series.shape().facts()).rest(predicate));
    }

    private SampleTest compile(Predicate rest) throws SQLException {
        if (rest instanceof Predicate.Constant constant) {
            return constant.value() ? SampleTest.ALWAYS : SampleTest.NEVER;
        } else if (rest instanceof Predicate.All all) {
            return SampleTest.all(each(all.parts()));
        } else if (rest instanceof Predicate.Any any) {
            return SampleTest.any(each(any.parts()));
        } else if (rest instanceof Predicate.Not not) {
            return SampleTest.not(compile(not.part()));
        } else if (rest instanceof Predicate.TimeWithin within) {
            long first = within.from() == null ? Micros.UNBOUNDED_START : Micros.ceil(within.from());
            long end = within.to() == null ? Micros.UNBOUNDED_END : Micros.floor(within.to());
            return SampleTest.all(List.of(SampleTest.from(first), SampleTest.until(end)));
        } else if (rest instanceof Predicate.TimeTouches touches) {
            return touches(touches);
        } else if (rest instanceof Predicate.In in) {
            return SampleTest.named(id -> in.values().contains("Observation/" + id));
        }
        return among(rest);
    }

    private static SampleTest touches(Predicate.TimeTouches touches) {
        List<SampleTest> parts = new ArrayList<>();
        if (touches.from() != null) {
            parts.add(SampleTest.not(SampleTest.until(Micros.floor(touches.from()))));
        }
        if (touches.to() != null) {
            parts.add(SampleTest.not(SampleTest.from(Micros.ceil(touches.to()))));
        }
        return SampleTest.all(parts);
    }

    private List<SampleTest> each(List<Predicate> parts) throws SQLException {
        List<SampleTest> tests = new ArrayList<>();
        for (Predicate part : parts) {
            tests.add(compile(part));
        }
        return tests;
    }

    /** What documents refer to: found once per query. */
    private SampleTest among(Predicate referring) throws SQLException {
        Set<Long> known = referred.get(referring);
        Set<Long> refs = known == null ? refs(referring) : known;
        referred.put(referring, refs);
        return refs.isEmpty()
                ? SampleTest.NEVER
                : SampleTest.named(id -> refs.contains(blinding.one(Kind.REFERENCE, "Observation/" + id)));
    }

    private Set<Long> refs(Predicate referring) throws SQLException {
        PredicateSql predicates = new PredicateSql(person, blinding, Referrals.BY_ROW, PackedReferrals.NONE);
        Sql which = referring instanceof Predicate.ReferredToBy referred
                ? predicates.condition(referred.referrer(), "f")
                : Sql.of("f.ref = ANY (?)", blinding.all(Kind.REFERENCE, ((Predicate.Overlaps) referring).values()));
        Sql sql = Sql.of(
                        "SELECT DISTINCT unnest(f.links) FROM document f WHERE NOT f.deleted AND f.person_id = ? AND ",
                        person.value())
                .add(which);
        Set<Long> refs = new HashSet<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                refs.add(row.getLong(1));
            }
        }
        return refs;
    }
}
