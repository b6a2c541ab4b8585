package phr.gateway.record.choice;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The person's own order of her sources.
 *
 * @param version grows by one with each change; 1 = she has never said anything
 * @param stated by metric, the first believed first; sources that are not named come behind them in the default order
 */
public record Priority(int version, Map<String, List<LifelogSource>> stated) {

    /** Watch, phone, application. */
    public static final Priority DEFAULT = new Priority(1, Map.of());

    public Priority {
        stated = Map.copyOf(stated);
    }

    /** The source first that is believed first. */
    public Comparator<LifelogSource> of(String metric) {
        List<LifelogSource> order = stated.getOrDefault(metric, List.of());
        Comparator<LifelogSource> named = Comparator.comparingInt(source -> {
            int place = order.indexOf(source);
            return place < 0 ? order.size() : place;
        });
        return named.thenComparing(LifelogSource.BY_KIND);
    }
}
