package phr.gateway.stats;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import phr.gateway.record.Promises;

/** What is kept of the values of one code and unit of measure in one unit of time while they pass, oldest first. */
final class Sums {

    private final ObjectNode measure;
    private final @Nullable CalendarUnit unit;
    private final Set<String> functions = new HashSet<>(Aggregates.FUNCTIONS);
    private final Set<Obligation> promises = new TreeSet<>();
    private final Set<String> categories = new TreeSet<>();
    private BigDecimal sum = BigDecimal.ZERO;
    private @Nullable BigDecimal minimum;
    private @Nullable BigDecimal maximum;
    private long count;
    private int days;
    private @Nullable LocalDate last;
    private boolean aggregatesOnly;

    Sums(ObjectNode measure, @Nullable CalendarUnit unit) {
        this.measure = measure;
        this.unit = unit;
    }

    void add(BigDecimal value, Entry entry) {
        sum = sum.add(value);
        minimum = minimum == null ? value : minimum.min(value);
        maximum = maximum == null ? value : maximum.max(value);
        count++;
        if (entry.time().from() != null) {
            LocalDate day = entry.time().from().atZone(CalendarUnit.TOKYO).toLocalDate();
            days += day.equals(last) ? 0 : 1;
            last = day;
        }
        oblige(entry.obligations());
        categories.addAll(entry.categories());
    }

    private void oblige(Collection<Obligation> obligations) {
        if (Aggregates.only(obligations)) {
            aggregatesOnly = true;
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

    ArrayNode components(Set<Statistic> statistics) {
        ArrayNode components = JsonNodeFactory.instance.arrayNode();
        for (Statistic statistic : statistics) {
            ObjectNode component = components.addObject();
            component
                    .putObject("code")
                    .putArray("coding")
                    .addObject()
                    .put("system", Statistic.SYSTEM)
                    .put("code", statistic.code());
            ObjectNode quantity = component.putObject("valueQuantity").put("value", value(statistic));
            if (statistic != Statistic.COUNT) {
                quantity.setAll(measure);
            }
        }
        return components;
    }

    private BigDecimal value(Statistic statistic) {
        return switch (statistic) {
            case AVERAGE -> plain(sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL32));
            case MINIMUM -> Objects.requireNonNull(minimum);
            case MAXIMUM -> Objects.requireNonNull(maximum);
            case SUM -> sum;
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
