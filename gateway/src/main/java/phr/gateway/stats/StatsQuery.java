package phr.gateway.stats;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.consent.CalendarUnit;
import phr.consent.directive.Times;
import phr.fhir.facts.DataTime;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.guide.Expansion;
import phr.gateway.record.Query;
import phr.gateway.record.Query.Comparison;
import phr.gateway.record.Query.DateFilter;
import phr.gateway.record.Query.Order;
import phr.gateway.record.Query.TokenFilter;

/**
 * What is asked of {@code Observation/$stats}.
 *
 * @param patient id as the caller knows the person
 * @param codes what a statistic is computed of, each for itself
 * @param unit one result for each whole unit in the period; null = one for the period
 */
record StatsQuery(
        String patient,
        List<Asked> codes,
        DataTime period,
        Set<Statistic> statistics,
        @Nullable CalendarUnit unit) {

    /**
     * One series of values.
     *
     * @param code that it is answered under: {@code system|code}, or {@code code} of any system
     * @param tokens of the values: the same, or the items of one series of the checkup table
     */
    record Asked(String code, List<String> tokens) {}

    private static final String SERIES = "code:in";
    private static final Set<String> KNOWN = Set.of(
            "subject",
            "patient",
            "code",
            SERIES,
            "system",
            "coding",
            "duration",
            "period",
            "statistic",
            "unit",
            "_format");

    /**
     * @param given values by name; a period as {@code start/end}, a coding as {@code system|code}
     * @throws phr.fhir.failure.FailureException MALFORMED, located at the parameter
     */
    static StatsQuery parse(Map<String, List<String>> given, Instant now) {
        given.keySet().stream().filter(name -> !KNOWN.contains(name)).sorted().forEach(name -> {
            throw malformed("parameter not supported", "unknown");
        });
        String subject = single(given, given.containsKey("subject") ? "subject" : "patient");
        if (subject == null || given.containsKey("subject") && given.containsKey("patient")) {
            throw malformed("exactly one of subject and patient required", "subject");
        }
        String unit = single(given, "unit");
        return new StatsQuery(
                subject.startsWith("Patient/") ? subject.substring("Patient/".length()) : subject,
                codes(given),
                period(given, now),
                statistics(given),
                unit == null
                        ? null
                        : CalendarUnit.of(unit).orElseThrow(() -> malformed("DAY, WEEK or MONTH expected", "unit")));
    }

    private static List<Asked> codes(Map<String, List<String>> given) {
        String system = single(given, "system");
        List<String> codes = new ArrayList<>(given.getOrDefault("coding", List.of()));
        given.getOrDefault("code", List.of()).forEach(code -> codes.add(system == null ? code : system + "|" + code));
        boolean sound = codes.stream()
                .allMatch(code -> !code.isBlank() && !code.endsWith("|") && code.indexOf('|') == code.lastIndexOf('|'));
        List<String> sets = given.getOrDefault(SERIES, List.of());
        if (codes.isEmpty() && sets.isEmpty() || !sound) {
            throw malformed("at least one code or coding [system]|[code] required", "code");
        }
        return Stream.concat(
                        codes.stream().map(code -> new Asked(code, List.of(code))),
                        sets.stream().map(StatsQuery::series))
                .distinct()
                .toList();
    }

    /** Codes that no table calls one series are not added up. */
    private static Asked series(String address) {
        return Expansion.find(address)
                .filter(set -> set.series() != null)
                .map(set -> new Asked(String.valueOf(set.series()), set.tokens()))
                .orElseThrow(
                        () -> malformed("address of a value set of the guide that is one series expected", SERIES));
    }

    private static Set<Statistic> statistics(Map<String, List<String>> given) {
        List<Statistic> statistics = given.getOrDefault("statistic", List.of()).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(code -> Statistic.of(code)
                        .orElseThrow(() -> malformed("average, minimum, maximum, sum or count expected", "statistic")))
                .toList();
        if (statistics.isEmpty()) {
            throw malformed("at least one statistic required", "statistic");
        }
        return EnumSet.copyOf(statistics);
    }

    private static DataTime period(Map<String, List<String>> given, Instant now) {
        String period = single(given, "period");
        String duration = single(given, "duration");
        if (period != null && duration != null) {
            throw malformed("one of period and duration expected", "duration");
        }
        try {
            return period != null
                    ? between(period.split("/", -1))
                    : duration != null
                            ? DataTime.between(now.minus(hours(duration)), now)
                            : DataTime.between(null, null);
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw malformed(
                    "a period start/end or a duration in hours expected", period == null ? "duration" : "period");
        }
    }

    private static DataTime between(String[] ends) {
        if (ends.length != 2) {
            throw new IllegalArgumentException("two ends");
        }
        DataTime period = DataTime.between(
                ends[0].isEmpty() ? null : Times.start(ends[0]), ends[1].isEmpty() ? null : Times.end(ends[1]));
        if (period.from() != null && period.to() != null && !period.from().isBefore(period.to())) {
            throw new IllegalArgumentException("reversed");
        }
        return period;
    }

    private static Duration hours(String text) {
        Duration duration = Duration.ofSeconds(
                new BigDecimal(text).multiply(BigDecimal.valueOf(3600)).longValueExact());
        if (duration.isNegative() || duration.isZero() || duration.toDays() > 100_000) {
            throw new IllegalArgumentException("out of range");
        }
        return duration;
    }

    private static @Nullable String single(Map<String, List<String>> given, String name) {
        List<String> values = given.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw malformed("at most one value expected", name);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private static RuntimeException malformed(String text, String name) {
        return Failure.of(Category.MALFORMED, "STAT-1", text, "http." + name).exception();
    }

    private List<String> tokens() {
        return codes.stream()
                .flatMap(asked -> asked.tokens().stream())
                .distinct()
                .toList();
    }

    /** Data that lie in the period, oldest first. */
    Query search() {
        List<DateFilter> within = List.of(new DateFilter(Comparison.EQ, period));
        return new Query(
                Set.of("Observation"),
                Set.of(),
                Set.of(),
                List.of(new TokenFilter("combo-code", tokens())),
                within,
                List.of(),
                Order.OLDEST,
                0,
                null);
    }

    /** The unit lies fully in the period. */
    boolean contains(DataTime whole) {
        return (period.from() == null || whole.from() != null && !whole.from().isBefore(period.from()))
                && (period.to() == null || whole.to() != null && !whole.to().isAfter(period.to()));
    }
}
