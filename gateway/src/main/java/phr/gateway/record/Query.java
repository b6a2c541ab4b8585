package phr.gateway.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.DataTime;

/**
 * What to read of one person's record. All parts must match.
 *
 * @param types resource types; empty = all
 * @param references resources {@code Type/id}; empty = all
 * @param referring {@code Type/id} that a match must refer to, at least one of them; empty = all
 * @param tokens token parameters, each with alternatives
 * @param dates conditions on the data time
 * @param updated conditions on the time of the last version
 * @param values conditions on the value of Observations, as far as it may be seen
 * @param dense how packed samples are seen
 * @param count page size; 0 = no limit
 * @param after continue after this resource
 */
public record Query(
        Set<String> types,
        Set<String> references,
        Set<String> referring,
        List<TokenFilter> tokens,
        List<DateFilter> dates,
        List<DateFilter> updated,
        List<QuantityFilter> values,
        DenseView dense,
        Order order,
        int count,
        @Nullable Position after) {

    /**
     * One token parameter (FHIR R4 search §3.1.1.4.10).
     *
     * @param parameter name, e.g. {@code code}
     * @param alternatives {@code system|code}, {@code |code} (no system), {@code system|} (any code) or {@code code} (any system)
     * @param not matches what has none of the alternatives ({@code :not})
     */
    public record TokenFilter(String parameter, List<String> alternatives, boolean not) {
        public TokenFilter {
            alternatives = List.copyOf(alternatives);
        }

        public TokenFilter(String parameter, List<String> alternatives) {
            this(parameter, alternatives, false);
        }
    }

    /** Prefixes of date parameters (FHIR R4 search §3.1.1.4.5 and .7). */
    public enum Comparison {
        EQ,
        NE,
        LT,
        GT,
        LE,
        GE,
        SA,
        EB
    }

    /** A time compared with the interval that the parameter's value stands for. */
    public record DateFilter(Comparison comparison, DataTime value) {}

    /** Orders of an answer; each ends with type and id, so that pages join. */
    public enum Order {
        /** Start of the data time, newest first, unknown last. */
        NEWEST,
        /** The reverse of {@link #NEWEST}. */
        OLDEST,
        ID,
        /** Time of the last version, earliest first. */
        UPDATED_FIRST,
        UPDATED_LAST;

        /** The position of a page is the time of the last version, not the data time. */
        public boolean byUpdate() {
            return this == UPDATED_FIRST || this == UPDATED_LAST;
        }
    }

    public Query {
        types = Set.copyOf(types);
        references = Set.copyOf(references);
        referring = Set.copyOf(referring);
        tokens = List.copyOf(tokens);
        dates = List.copyOf(dates);
        updated = List.copyOf(updated);
        values = List.copyOf(values);
    }

    /** Whatever the values. */
    public Query(
            Set<String> types,
            Set<String> references,
            Set<String> referring,
            List<TokenFilter> tokens,
            List<DateFilter> dates,
            List<DateFilter> updated,
            Order order,
            int count,
            @Nullable Position after) {
        this(types, references, referring, tokens, dates, updated, List.of(), DenseView.EACH, order, count, after);
    }

    /** Newest first. */
    public Query(
            Set<String> types, List<TokenFilter> tokens, List<DateFilter> dates, int count, @Nullable Position after) {
        this(types, Set.of(), Set.of(), tokens, dates, List.of(), Order.NEWEST, count, after);
    }

    /** The same without pages. */
    public Query whole() {
        return new Query(types, references, referring, tokens, dates, updated, values, dense, order, 0, null);
    }

    /** What begins in this time, of the same query without the names, in order of time. */
    public Query beginning(DataTime time) {
        List<DateFilter> within = new ArrayList<>(dates);
        within.add(new DateFilter(Comparison.SA, DataTime.between(null, time.from())));
        within.add(new DateFilter(Comparison.LT, DataTime.between(time.to(), null)));
        return new Query(types, Set.of(), referring, tokens, within, updated, values, dense, Order.OLDEST, 0, null);
    }

    /** The whole permitted record. */
    public static Query everything() {
        return new Query(Set.of(), List.of(), List.of(), 0, null);
    }

    /** These resources. */
    public static Query of(Set<String> references) {
        return new Query(Set.of(), references, Set.of(), List.of(), List.of(), List.of(), Order.NEWEST, 0, null);
    }

    /** Resources of a type that refer to at least one of these. */
    public static Query referring(String type, Set<String> references) {
        return new Query(Set.of(type), Set.of(), references, List.of(), List.of(), List.of(), Order.NEWEST, 0, null);
    }
}
