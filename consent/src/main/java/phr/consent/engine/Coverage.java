package phr.consent.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import phr.consent.Obligation;
import phr.consent.directive.Condition;
import phr.consent.directive.Directive;

/**
 * One permit that covers a party for a purpose.
 *
 * @param withoutRows aggregate-only or population-only: keeps the call from being refused but opens no row (§14)
 * @param promises obligations that its conditions become
 * @param rows what it opens
 */
record Coverage<T>(Directive directive, boolean withoutRows, Set<Obligation> promises, T rows) {

    /** Which permit is used first: fewest obligations, then the id (§3). */
    static final Comparator<Coverage<?>> ORDER = Comparator.<Coverage<?>>comparingInt(
                    coverage -> coverage.promises.size())
            .thenComparing(coverage -> coverage.directive.id())
            .thenComparing(coverage -> coverage.directive.version());

    private static final String STATISTICS = "statistics";

    static <T> Coverage<T> of(Directive directive, String purpose, T rows) {
        Set<Obligation> promises = new HashSet<>();
        boolean withoutRows = purpose.equals(STATISTICS);
        for (Condition condition : directive.conditions()) {
            switch (condition.code()) {
                case AGGREGATE_ONLY, POPULATION_ONLY -> withoutRows = true;
                case NO_ONWARD -> promises.add(Obligation.NO_ONWARD);
                case NO_STORE -> promises.add(Obligation.NO_STORE);
                default -> {}
            }
        }
        return new Coverage<>(directive, withoutRows, promises, rows);
    }

    /** A condition that no enforcement point here can fulfil denies. */
    static boolean enforceable(Directive directive) {
        return directive.conditions().stream()
                .map(Condition::code)
                .noneMatch(code -> code == Condition.Code.ERASE_BY || code == Condition.Code.MAX_FREQUENCY);
    }

    /** The ones that open rows, in the order of use. */
    static <T> List<Coverage<T>> opening(List<Coverage<T>> coverages) {
        List<Coverage<T>> opening = new ArrayList<>(
                coverages.stream().filter(coverage -> !coverage.withoutRows).toList());
        opening.sort(ORDER);
        return opening;
    }
}
