package phr.gateway.record.postgres;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.gateway.record.choice.Contest;
import phr.gateway.record.choice.LifelogSource;
import phr.gateway.record.choice.Priority;

/**
 * The contests among series of one person.
 *
 * @param firsts by number of a series, the number of the first that adds to the same total: the total of a day is called after it,
 *     whoever may see it
 * @param sources that take part
 */
record Contests(Map<Integer, Integer> firsts, Map<Contest, Set<LifelogSource>> sources, Supplier<Priority> priority) {

    /** @param all her series, whoever may see them, by number */
    static Contests of(List<Series> all, Supplier<Priority> priority) {
        Map<Integer, Integer> firsts = new HashMap<>();
        for (Series series : all) {
            Counting counting = series.counting();
            if (counting != null) {
                int first = all.stream()
                        .filter(other -> counting.addsTo(other.counting()))
                        .mapToInt(Series::number)
                        .min()
                        .orElseThrow();
                firsts.put(series.number(), first);
            }
        }
        return new Contests(firsts, Map.of(), priority);
    }

    /** The same where only these take part. */
    Contests among(Collection<SamplePlan> plans) {
        Map<Contest, Set<LifelogSource>> taking = plans.stream()
                .map(plan -> plan.series().counting())
                .flatMap(Stream::ofNullable)
                .collect(Collectors.groupingBy(
                        Counting::contest, Collectors.mapping(Counting::source, Collectors.toSet())));
        return new Contests(firsts, taking, priority);
    }

    /** Whether more than one source takes part in the contest of the series. */
    boolean contested(Series series) {
        Counting counting = series.counting();
        return counting != null
                && sources.getOrDefault(counting.contest(), Set.of()).size() > 1;
    }

    /** The number of the first series that adds to the same total; its own where there is no contest. */
    int first(Series series) {
        return firsts.getOrDefault(series.number(), series.number());
    }

    /** Whether what is made of one depends on the other. */
    static boolean together(@Nullable Series one, Series other) {
        if (one == null) {
            return false;
        }
        Counting counting = one.counting();
        Counting others = other.counting();
        return one.number() == other.number()
                || counting != null && others != null && counting.contest().equals(others.contest());
    }
}
