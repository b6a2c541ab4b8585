package phr.gateway.record.postgres;

import java.util.List;
import java.util.Optional;
import phr.gateway.record.Entry;
import phr.gateway.record.ObservedValue;
import phr.gateway.record.QuantityFilter;
import phr.gateway.record.Rendering;

/** Conditions on values that are decided when they are decrypted, on what the caller may see of them. Made for one query. */
final class ValueFilter {

    private final List<QuantityFilter> filters;
    private final Rendering rendering = new Rendering();

    ValueFilter(List<QuantityFilter> filters) {
        this.filters = filters;
    }

    /** Whether there are no conditions. */
    boolean none() {
        return filters.isEmpty();
    }

    /** The value that the caller may see. */
    Optional<ObservedValue> seen(Entry entry) {
        return entry.deleted() || !entry.type().equals(SampleHit.TYPE)
                ? Optional.empty()
                : rendering.render(entry).flatMap(ObservedValue::of);
    }

    boolean matches(Entry entry) {
        return none()
                || seen(entry)
                        .filter(value -> filters.stream().allMatch(filter -> filter.matches(value)))
                        .isPresent();
    }
}
