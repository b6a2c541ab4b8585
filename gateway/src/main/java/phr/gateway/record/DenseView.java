package phr.gateway.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Views of dense samples (lifelog.md §5). */
public enum DenseView {
    /** One Observation each, of every source. */
    EACH,
    /** Of each Tokyo day SampledData and a summary; of what several sources count, one source for each half hour. */
    SAMPLED,
    /** The same, and no SampledData goes beyond an hour. */
    HOURLY;

    /** As the parameter {@code _dense} names it. */
    static Optional<DenseView> of(String name) {
        return Arrays.stream(values())
                .filter(view -> view.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    public boolean sampled() {
        return this != EACH;
    }
}
