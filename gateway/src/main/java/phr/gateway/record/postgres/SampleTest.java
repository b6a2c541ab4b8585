package phr.gateway.record.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import phr.gateway.record.series.Span;

/** A condition on one sample of a series. */
interface SampleTest {

    SampleTest ALWAYS = new All(List.of());
    SampleTest NEVER = new Any(List.of());

    /** For how many of some samples a condition holds. */
    enum Extent {
        ALL,
        NONE,
        /** For some, or it cannot be told without looking at each. */
        SOME
    }

    /**
     * @param from start of the data time, microseconds since 1970
     * @param to its end, exclusive
     * @param id made only when it matters
     */
    boolean holds(long from, long to, Supplier<UUID> id);

    /** For how many of those samples of which no more is known than their span. */
    Extent holds(Span span);

    /** The instants at which the answer may turn. */
    void turns(LongConsumer instants);

    /** Whether the id of a sample matters. */
    boolean byId();

    /** Begins at the instant or later. */
    static SampleTest from(long instant) {
        return instant == Long.MIN_VALUE ? ALWAYS : new From(instant);
    }

    /** Ends at the instant or earlier. */
    static SampleTest until(long instant) {
        return instant == Long.MAX_VALUE ? ALWAYS : new Until(instant);
    }

    static SampleTest not(SampleTest part) {
        return part == ALWAYS ? NEVER : part == NEVER ? ALWAYS : new Not(part);
    }

    static SampleTest named(Predicate<UUID> ids) {
        return new Named(ids);
    }

    static SampleTest all(List<SampleTest> parts) {
        List<SampleTest> kept = new ArrayList<>(parts);
        kept.removeIf(part -> part == ALWAYS);
        return kept.isEmpty() ? ALWAYS : kept.contains(NEVER) ? NEVER : kept.size() == 1 ? kept.get(0) : new All(kept);
    }

    static SampleTest any(List<SampleTest> parts) {
        List<SampleTest> kept = new ArrayList<>(parts);
        kept.removeIf(part -> part == NEVER);
        return kept.isEmpty() ? NEVER : kept.contains(ALWAYS) ? ALWAYS : kept.size() == 1 ? kept.get(0) : new Any(kept);
    }

    /** {@link #from}. */
    record From(long instant) implements SampleTest {

        @Override
        public boolean holds(long from, long to, Supplier<UUID> id) {
            return from >= instant;
        }

        @Override
        public Extent holds(Span span) {
            return span.firstFrom() >= instant ? Extent.ALL : span.lastFrom() < instant ? Extent.NONE : Extent.SOME;
        }

        @Override
        public void turns(LongConsumer instants) {
            instants.accept(instant);
        }

        @Override
        public boolean byId() {
            return false;
        }
    }

    /** {@link #until}. */
    record Until(long instant) implements SampleTest {

        @Override
        public boolean holds(long from, long to, Supplier<UUID> id) {
            return to <= instant;
        }

        @Override
        public Extent holds(Span span) {
            return span.lastTo() <= instant ? Extent.ALL : span.firstTo() > instant ? Extent.NONE : Extent.SOME;
        }

        @Override
        public void turns(LongConsumer instants) {
            instants.accept(instant);
        }

        @Override
        public boolean byId() {
            return false;
        }
    }

    /** {@link #named}. */
    record Named(Predicate<UUID> ids) implements SampleTest {

        @Override
        public boolean holds(long from, long to, Supplier<UUID> id) {
            return ids.test(id.get());
        }

        @Override
        public Extent holds(Span span) {
            return Extent.SOME;
        }

        @Override
        public void turns(LongConsumer instants) {}

        @Override
        public boolean byId() {
            return true;
        }
    }

    /** {@link #not}. */
    record Not(SampleTest part) implements SampleTest {

        @Override
        public boolean holds(long from, long to, Supplier<UUID> id) {
            return !part.holds(from, to, id);
        }

        @Override
        public Extent holds(Span span) {
            return switch (part.holds(span)) {
                case ALL -> Extent.NONE;
                case NONE -> Extent.ALL;
                case SOME -> Extent.SOME;
            };
        }

        @Override
        public void turns(LongConsumer instants) {
            part.turns(instants);
        }

        @Override
        public boolean byId() {
            return part.byId();
        }
    }

    /** {@link #all}. */
    record All(List<SampleTest> parts) implements SampleTest {

        @Override
        public boolean holds(long from, long to, Supplier<UUID> id) {
            for (SampleTest part : parts) {
                if (!part.holds(from, to, id)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Extent holds(Span span) {
            Extent extent = Extent.ALL;
            for (SampleTest part : parts) {
                Extent one = part.holds(span);
                if (one == Extent.NONE) {
                    return one;
                }
                extent = one == Extent.SOME ? one : extent;
            }
            return extent;
        }

        @Override
        public void turns(LongConsumer instants) {
            parts.forEach(part -> part.turns(instants));
        }

        @Override
        public boolean byId() {
            return parts.stream().anyMatch(SampleTest::byId);
        }
    }

    /** {@link #any}. */
    record Any(List<SampleTest> parts) implements SampleTest {

        @Override
        public boolean holds(long from, long to, Supplier<UUID> id) {
            for (SampleTest part : parts) {
                if (part.holds(from, to, id)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Extent holds(Span span) {
            Extent extent = Extent.NONE;
            for (SampleTest part : parts) {
                Extent one = part.holds(span);
                if (one == Extent.ALL) {
                    return one;
                }
                extent = one == Extent.SOME ? one : extent;
            }
            return extent;
        }

        @Override
        public void turns(LongConsumer instants) {
            parts.forEach(part -> part.turns(instants));
        }

        @Override
        public boolean byId() {
            return parts.stream().anyMatch(SampleTest::byId);
        }
    }
}
