package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.CalendarUnit;
import phr.consent.Grant;
import phr.consent.Permit;
import phr.gateway.record.Query;
import phr.gateway.record.Query.TokenFilter;
import phr.gateway.record.choice.Contest;
import phr.gateway.record.postgres.Rivals.Stretch;

/**
 * What is added up under a permit.
 *
 * @param grants those of the permit, then those for aggregates over the unit
 */
record Adding(
        Connection connection,
        Permit permit,
        List<Grant> grants,
        @Nullable CalendarUnit unit,
        Query query,
        Blinding blinding,
        PackedReferrals packed) {

    /** Totals of days, which do not compete with samples. */
    private static final List<String> OF_DAYS = List.of("http://loinc.org|41950-7", "http://loinc.org|41979-6");

    /** Those documents. */
    Sql documents(Query of) {
        return unit == null
                ? Selection.many(permit, blinding, of, packed)
                : Selection.aggregable(permit, grants, unit, blinding, of, packed);
    }

    /** @param packedOnly there are no documents */
    Rivals rivals(List<SamplePlan> plans, boolean packedOnly) throws SQLException {
        Set<Contest.Span> spans = plans.stream()
                .map(plan -> plan.series().counting())
                .filter(Objects::nonNull)
                .map(counting -> counting.contest().span())
                .collect(Collectors.toSet());
        if (spans.isEmpty()) {
            return Rivals.NONE;
        }
        List<Stretch> documents = packedOnly ? List.of() : times(spans.equals(Set.of(Contest.Span.SAMPLE)));
        return Rivals.of(connection, permit.subject(), plans, query, documents);
    }

    /** @param ofSamples totals of days do not matter */
    private List<Stretch> times(boolean ofSamples) throws SQLException {
        List<TokenFilter> tokens = new ArrayList<>(query.tokens());
        if (ofSamples) {
            tokens.add(new TokenFilter("code", OF_DAYS, true));
        }
        Query others = new Query(
                query.types(),
                query.references(),
                query.referring(),
                tokens,
                query.dates(),
                query.updated(),
                query.order(),
                0,
                null);
        Sql sql = Sql.of("SELECT t.data_from, t.data_to FROM (")
                .add(documents(others))
                .add(") t WHERE t.time_known AND t.data_from > ? AND t.data_to < ?", Long.MIN_VALUE, Long.MAX_VALUE);
        List<Stretch> times = new ArrayList<>();
        try (PreparedStatement select = sql.prepare(connection)) {
            select.setFetchSize(RowResults.FETCH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    times.add(new Stretch(0, row.getLong(1), row.getLong(2), 0));
                }
            }
        }
        return times;
    }
}
