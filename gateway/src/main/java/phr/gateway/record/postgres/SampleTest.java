package phr.gateway.record.postgres;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** A condition on one sample of a series. */
@FunctionalInterface
interface SampleTest {

    SampleTest ALWAYS = (from, to, id) -> true;
    SampleTest NEVER = (from, to, id) -> false;

    /**
     * @param from start of the data time, microseconds since 1970
     * @param to its end, exclusive
     * @param id made only when it matters
     */
    boolean holds(long from, long to, Supplier<UUID> id);

    static SampleTest all(List<SampleTest> parts) {
        if (parts.contains(NEVER)) {
            return NEVER;
        }
        SampleTest[] kept = parts.stream().filter(part -> part != ALWAYS).toArray(SampleTest[]::new);
        return switch (kept.length) {
            case 0 -> ALWAYS;
            case 1 -> kept[0];
            default ->
                (from, to, id) -> {
                    for (SampleTest part : kept) {
                        if (!part.holds(from, to, id)) {
                            return false;
                        }
                    }
                    return true;
                };
        };
    }
}
