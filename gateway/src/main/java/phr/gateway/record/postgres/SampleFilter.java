package phr.gateway.record.postgres;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.Obligation;
import phr.gateway.record.Query;
import phr.gateway.record.Query.DateFilter;
import phr.gateway.record.Query.TokenFilter;

/** A query as conditions on the samples of one series: the same answer as {@link Filters} would give on a row of each. */
final class SampleFilter {

    private static final String TYPE = "Observation";
    private static final String IDENTIFIER = "identifier";

    private final Query query;
    private final Series series;

    SampleFilter(Query query, Series series) {
        this.query = query;
        this.series = series;
    }

    /** Whether the query can find any sample at all. */
    static boolean concerns(Query query) {
        return (query.types().isEmpty() || query.types().contains(TYPE))
                && (query.references().isEmpty()
                        || query.references().stream().anyMatch(reference -> reference.startsWith(TYPE + "/")));
    }

    /** What is the same for all samples of the series. */
    boolean mayMatch() {
        boolean refers = query.referring().isEmpty()
                || query.referring().stream().anyMatch(series.shape().facts().linksOut()::contains);
        return refers && query.tokens().stream().filter(this::shared).allMatch(this::matches);
    }

    private boolean shared(TokenFilter filter) {
        return series.shape().identifierSystem() == null || !filter.parameter().equals(IDENTIFIER);
    }

    private boolean matches(TokenFilter filter) {
        Set<String> tokens = series.shape().tokens().getOrDefault(filter.parameter(), Set.of());
        boolean any = filter.alternatives().stream()
                .anyMatch(sought -> tokens.stream().anyMatch(token -> matches(token, sought)));
        return any != filter.not();
    }

    /** FHIR R4 search §3.1.1.4.10. */
    static boolean matches(String token, String sought) {
        int bar = sought.indexOf('|');
        int cut = token.indexOf('|');
        if (bar < 0) {
            return token.substring(cut + 1).equals(sought);
        }
        return bar == sought.length() - 1 && bar > 0
                ? token.substring(0, cut + 1).equals(sought)
                : token.equals(sought);
    }

    /** The dates. */
    SampleTest dates() {
        return SampleTest.all(query.dates().stream().map(SampleFilter::compared).toList());
    }

    /** What depends on the key and the time of storing. */
    boolean matches(String key, long updated) {
        boolean found =
                query.tokens().stream().filter(filter -> !shared(filter)).allMatch(filter -> identified(filter, key));
        long micros = updated * 1000;
        return found
                && query.updated().stream()
                        .allMatch(filter -> compared(filter).holds(micros, micros + 1, SampleFilter::nobody));
    }

    private static UUID nobody() {
        throw new IllegalStateException("a time has no id");
    }

    /**
     * Conditions on the values of a sample.
     *
     * @param obligations under which it is shown
     * @return null when no sample of the series can meet them
     */
    @Nullable
    SampleValues values(Set<Obligation> obligations) {
        return SampleValues.of(query.values(), series, obligations);
    }

    /** Whether samples have to be looked at one by one. */
    boolean perSample() {
        return !query.values().isEmpty()
                || !query.updated().isEmpty()
                || query.tokens().stream().anyMatch(filter -> !shared(filter));
    }

    private boolean identified(TokenFilter filter, String key) {
        Set<String> others = series.shape().tokens().getOrDefault(IDENTIFIER, Set.of());
        String own = series.shape().identifierSystem() + "|" + key;
        boolean any = filter.alternatives().stream()
                .anyMatch(sought -> matches(own, sought) || others.stream().anyMatch(token -> matches(token, sought)));
        return any != filter.not();
    }

    private static SampleTest compared(DateFilter filter) {
        if (!filter.value().known()) {
            throw new IllegalArgumentException("a date parameter has a value");
        }
        long from = Micros.start(filter.value().from());
        long to = Micros.end(filter.value().to());
        SampleTest before = SampleTest.not(SampleTest.from(from));
        SampleTest behind = SampleTest.not(SampleTest.until(to));
        SampleTest inside = SampleTest.all(List.of(SampleTest.from(from), SampleTest.until(to)));
        return switch (filter.comparison()) {
            case EQ -> inside;
            case NE -> SampleTest.not(inside);
            case LT -> before;
            case GT -> behind;
            case LE -> SampleTest.any(List.of(before, inside));
            case GE -> SampleTest.any(List.of(behind, inside));
            case SA -> SampleTest.from(to);
            case EB -> SampleTest.until(from);
        };
    }

    /** What chunks can hold matches: a rough condition on rows {@code c}, beginning with AND. */
    static Sql window(Query query) {
        Sql sql = new Sql();
        for (DateFilter filter : query.dates()) {
            long from = Micros.start(filter.value().from());
            long to = Micros.end(filter.value().to());
            switch (filter.comparison()) {
                case EQ -> sql.add(" AND c.last_from >= ? AND c.first_from < ?", from, to);
                case LT, EB -> sql.add(" AND c.first_from < ?", from);
                case LE -> sql.add(" AND c.first_from < ?", to);
                case GT -> sql.add(" AND c.data_to > ?", to);
                case GE -> sql.add(" AND c.data_to > ?", from);
                case SA -> sql.add(" AND c.last_from >= ?", to);
                case NE -> sql.add("");
            }
        }
        return sql;
    }
}
