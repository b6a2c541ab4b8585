package phr.gateway.stats;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import phr.consent.CalendarUnit;
import phr.consent.Obligation;
import phr.gateway.record.Aggregates;
import phr.gateway.record.Entry;
import phr.gateway.record.Portion;
import phr.gateway.record.Promises;
import phr.gateway.record.Sum;
import phr.gateway.record.choice.LifelogSource;

/** What is kept of the values of one group in one unit of time while they pass, oldest first. */
final class Sums {

    private final @Nullable CalendarUnit unit;
    private Set<String> functions = Aggregates.FUNCTIONS;
    private final Set<Obligation> promises = new TreeSet<>();
    private final Set<String> categories = new TreeSet<>();
    private BigDecimal sum = BigDecimal.ZERO;
    private @Nullable BigDecimal minimum;
    private @Nullable BigDecimal maximum;
    private long count;
    private int days;
    private @Nullable LocalDate last;
    private @Nullable Entry form;
    private boolean aggregatesOnly;
    private final Set<String> chosen = new TreeSet<>();
    private @Nullable JsonNode lastChosen;

    Sums(@Nullable CalendarUnit unit) {
        this.unit = unit;
    }

    void add(Sum values, Portion portion) {
        sum = sum.add(values.sum());
        minimum = minimum == null ? values.least() : minimum.min(values.least());
        maximum = maximum == null ? values.greatest() : maximum.max(values.greatest());
        count += portion.count();
        if (unit != null && unit != CalendarUnit.DAY && portion.time().from() != null) {
            LocalDate day = portion.time().from().atZone(CalendarUnit.TOKYO).toLocalDate();
            days += day.equals(last) ? 0 : 1;
            last = day;
        }
        if (portion.form() != form) {
            form = portion.form();
            oblige(form.obligations());
            categories.addAll(form.categories());
        }
    }

    /** A value counts although another source has one for the same time. */
    void choose(JsonNode observation) {
        if (observation != lastChosen) {
            lastChosen = observation;
            LifelogSource source = LifelogSource.of("", observation);
            if (!source.text().isEmpty()) {
                chosen.add(source.text());
            }
        }
    }

    /** The sources that were chosen where several had something; a permit for aggregates tells none. */
    Set<String> chosen() {
        return aggregatesOnly ? Set.of() : chosen;
    }

    private void oblige(Collection<Obligation> obligations) {
        if (Aggregates.only(obligations)) {
            aggregatesOnly = true;
            functions = new HashSet<>(functions);
            functions.retainAll(Aggregates.functions(obligations));
        }
        obligations.stream().filter(Promises::isOne).forEach(promises::add);
    }

    /** Which of the statistics may leave. A single value, or few days, would show through an aggregate (§16.2). */
    Set<Statistic> permitted(Set<Statistic> asked) {
        Set<Statistic> permitted = EnumSet.noneOf(Statistic.class);
        asked.stream()
                .filter(statistic -> !aggregatesOnly || enough() && functions.contains(statistic.function()))
                .forEach(permitted::add);
        return permitted;
    }

    private boolean enough() {
        if (unit == null) {
            return false;
        }
        return switch (unit) {
            case DAY -> count >= 2;
            case WEEK -> days >= 4;
            case MONTH -> days >= 10;
        };
    }

    BigDecimal value(Statistic statistic) {
        return switch (statistic) {
            case AVERAGE -> plain(sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL32));
            case MINIMUM -> plain(Objects.requireNonNull(minimum));
            case MAXIMUM -> plain(Objects.requireNonNull(maximum));
            case SUM -> plain(sum);
            case COUNT -> BigDecimal.valueOf(count);
        };
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    Set<Obligation> promises() {
        return promises;
    }

    Set<String> categories() {
        return categories;
    }
}
