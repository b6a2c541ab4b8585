package phr.gateway.stats;

import java.util.Optional;
import java.util.stream.Stream;

/** Statistics of the code system observation-statistics that are computed here, with their names in directives. */
enum Statistic {
    AVERAGE("average", "mean"),
    MINIMUM("minimum", "min"),
    MAXIMUM("maximum", "max"),
    SUM("sum", "sum"),
    COUNT("count", "count");

    static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/observation-statistics";

    private final String code;
    private final String function;

    Statistic(String code, String function) {
        this.code = code;
        this.function = function;
    }

    String code() {
        return code;
    }

    /** As AGGREGATE_ONLY names it. */
    String function() {
        return function;
    }

    static Optional<Statistic> of(String code) {
        return Stream.of(values())
                .filter(statistic -> statistic.code.equals(code))
                .findFirst();
    }
}
