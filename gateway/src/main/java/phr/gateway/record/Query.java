package phr.gateway.record;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.DataTime;

/**
 * What to read of one person's record. All parts must match.
 *
 * @param types resource types; empty = all
 * @param tokens token parameters, each with alternatives
 * @param dates conditions on the data time
 * @param count page size; 0 = no limit
 * @param after continue after this resource
 */
public record Query(
        Set<String> types,
        List<TokenFilter> tokens,
        List<DateFilter> dates,
        int count,
        @Nullable Position after) {

    /**
     * One token parameter (FHIR R4 search §3.1.1.4.10).
     *
     * @param parameter name, e.g. {@code code}
     * @param alternatives {@code system|code}, {@code |code} (no system), {@code system|} (any code) or {@code code} (any system)
     */
    public record TokenFilter(String parameter, List<String> alternatives) {
        public TokenFilter {
            alternatives = List.copyOf(alternatives);
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

    /** The data time compared with the interval that the parameter's value stands for. */
    public record DateFilter(Comparison comparison, DataTime value) {}

    public Query {
        types = Set.copyOf(types);
        tokens = List.copyOf(tokens);
        dates = List.copyOf(dates);
    }

    /** The whole permitted record. */
    public static Query everything() {
        return new Query(Set.of(), List.of(), List.of(), 0, null);
    }
}
