package phr.consent.directive;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a permit; becomes an obligation (consent-semantics.md §16.2).
 *
 * @param unit DAY, WEEK or MONTH; of AGGREGATE_ONLY and MAX_FREQUENCY
 * @param functions mean, min, max, sum, count; of AGGREGATE_ONLY
 * @param number smallest group of POPULATION_ONLY, times per unit of MAX_FREQUENCY
 * @param instant of ERASE_BY
 * @param terms of RESEARCH: GA4GH DUO codes of seven digits (§7.3); the disease, region, institution, project or user, else {@code
 *     true}
 */
public record Condition(
        Code code,
        @Nullable String unit,
        Set<String> functions,
        @Nullable Integer number,
        @Nullable Instant instant,
        Map<String, String> terms) {

    public enum Code {
        AGGREGATE_ONLY,
        POPULATION_ONLY,
        NO_ONWARD,
        NO_STORE,
        ERASE_BY,
        MAX_FREQUENCY,
        RESEARCH
    }

    public Condition {
        functions = Set.copyOf(functions);
        terms = Map.copyOf(terms);
    }

    /** Any but RESEARCH. */
    public Condition(
            Code code,
            @Nullable String unit,
            Set<String> functions,
            @Nullable Integer number,
            @Nullable Instant instant) {
        this(code, unit, functions, number, instant, Map.of());
    }

    /** Research of a kind and within limits. */
    public static Condition research(Map<String, String> terms) {
        return new Condition(Code.RESEARCH, null, Set.of(), null, null, terms);
    }

    public static Condition of(Code code) {
        return new Condition(code, null, Set.of(), null, null);
    }
}
