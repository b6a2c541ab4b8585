package phr.gateway.record.postgres;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.Obligation;
import phr.fhir.sample.Decimal;
import phr.gateway.record.ObservedValue;
import phr.gateway.record.QuantityFilter;
import phr.gateway.record.QuantityFilter.Sought;
import phr.gateway.record.series.Chunk;

/** Conditions on the value of the samples of one series: units have been compared, numbers are still to be. */
final class SampleValues {

    private final @Nullable ObservedValue form;
    private final int place;
    private final List<List<Sought>> all;

    /**
     * @param form the value of any sample, with its place among the numbers instead of its own
     * @param all at least one of each has to be met
     */
    private SampleValues(@Nullable ObservedValue form, int place, List<List<Sought>> all) {
        this.form = form;
        this.place = place;
        this.all = all;
    }

    /** Null when no sample can meet them: its value has another unit, or may not be seen. */
    static @Nullable SampleValues of(List<QuantityFilter> filters, Series series, Set<Obligation> obligations) {
        if (filters.isEmpty()) {
            return new SampleValues(null, 0, List.of());
        }
        Optional<ObservedValue> seen = new ValueFilter(filters).seen(series.example(obligations));
        if (seen.isEmpty()) {
            return null;
        }
        ObservedValue form = seen.get();
        List<List<Sought>> all = new ArrayList<>();
        for (QuantityFilter filter : filters) {
            all.add(filter.alternatives().stream()
                    .filter(sought -> sought.unit(form))
                    .toList());
        }
        BigDecimal place = Objects.requireNonNull(form.low() == null ? form.high() : form.low());
        return all.contains(List.of()) ? null : new SampleValues(form, place.intValueExact(), all);
    }

    boolean hold(Chunk chunk, int index) {
        if (form == null) {
            return true;
        }
        Decimal number = chunk.number(place, index);
        BigDecimal value = BigDecimal.valueOf(number.unscaled(), number.scale());
        BigDecimal low = form.low() == null ? null : value;
        BigDecimal high = form.high() == null ? null : value;
        for (List<Sought> alternatives : all) {
            boolean one = false;
            for (Sought sought : alternatives) {
                one |= sought.value(low, high, form.open());
            }
            if (!one) {
                return false;
            }
        }
        return true;
    }
}
