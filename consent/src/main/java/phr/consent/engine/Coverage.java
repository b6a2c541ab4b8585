package phr.consent.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import phr.consent.Obligation;
import phr.consent.directive.Condition;
import phr.consent.directive.Directive;

/**
 * One permit that covers a party for a purpose.
 *
 * @param id of the directive; empty for an authority
 * @param key {@code id@version}; empty for an authority
 * @param withoutRows aggregate-only or population-only: keeps the call from being refused but opens no row (§14)
 * @param promises obligations that its conditions become
 * @param rows what it opens
 */
record Coverage<T>(String id, String key, boolean withoutRows, Set<Obligation> promises, T rows) {

    /** Which permit is used first: aggregates last, fewest obligations, then the id (§3). */
    private static final Comparator<Coverage<?>> ORDER = Comparator.<Coverage<?>, Boolean>comparing(
                    Coverage::withoutRows)
            .thenComparingInt(coverage -> coverage.promises.size())
            .thenComparing(Coverage::id)
            .thenComparing(Coverage::key);

    private static final String STATISTICS = "statistics";

    static <T> Coverage<T> of(Directive directive, String purpose, T rows) {
        Set<Obligation> promises = new HashSet<>();
        for (Condition condition : directive.conditions()) {
            switch (condition.code()) {
                case AGGREGATE_ONLY -> promises.add(Obligation.aggregateOnly(unit(condition), condition.functions()));
                case POPULATION_ONLY ->
                    promises.add(Obligation.populationOnly(number(condition, Obligation.SMALLEST_GROUP)));
                case NO_ONWARD -> promises.add(Obligation.NO_ONWARD);
                case NO_STORE -> promises.add(Obligation.NO_STORE);
                case ERASE_BY ->
                    promises.add(Obligation.eraseBy(Objects.requireNonNullElse(condition.instant(), Instant.EPOCH)));
                case MAX_FREQUENCY ->
                    promises.add(Obligation.maxFrequency(number(condition, 1), unit(condition), directive.id()));
                case RESEARCH -> {}
            }
        }
        if (purpose.equals(STATISTICS)
                && promises.stream().noneMatch(promise -> promise.code() == Obligation.Code.POPULATION_ONLY)) {
            promises.add(Obligation.populationOnly(Obligation.SMALLEST_GROUP));
        }
        boolean withoutRows = promises.stream().anyMatch(Obligation::withoutRows);
        return new Coverage<>(directive.id(), directive.key(), withoutRows, Set.copyOf(promises), rows);
    }

    /** The authority of a proxy counts as one permit without obligations. */
    static <T> Coverage<T> ofAuthority(T rows) {
        return new Coverage<>("", "", false, Set.of(), rows);
    }

    boolean byAuthority() {
        return key.isEmpty();
    }

    /** In the order of use. */
    static <T> List<Coverage<T>> sorted(List<Coverage<T>> coverages) {
        List<Coverage<T>> sorted = new ArrayList<>(coverages);
        sorted.sort(ORDER);
        return sorted;
    }

    /** An unreadable number or unit is the strictest. */
    private static int number(Condition condition, int otherwise) {
        return condition.number() == null ? otherwise : condition.number();
    }

    private static String unit(Condition condition) {
        return condition.unit() == null ? "MONTH" : condition.unit();
    }
}
