package phr.gateway.record.choice;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses, for each half hour, the first source in the person's order that has a value in it; for a night, one source for everything
 * that overlaps. Values come in order of their start and leave in the same order, each as soon as its share is known: only those
 * of the last hours are in memory. Values that last longer than a day and a half say nothing of a half hour; they pass.
 *
 * @param <T> what the values belong to
 */
public final class Choosing<T> {

    /** Microseconds of half an hour; half hours begin with those of UTC, and so with those of Japan. */
    public static final long BUCKET = 30L * 60 * 1_000_000;

    private static final long LONGEST = 72 * BUCKET;

    /** An end as it is written stands for a whole second; what ends on the half hour says nothing of the next one. */
    private static final long SECOND = 1_000_000;

    /** Takes what is decided. */
    public interface Taker<T> {
        /** @param shares one for each claim */
        void take(T item, List<Share> shares);
    }

    private final Supplier<Priority> priority;
    private final Taker<T> taker;
    private final Deque<Waiting<T>> queue = new ArrayDeque<>();
    private final Map<Contest, Field> fields = new HashMap<>();
    private long front = Long.MIN_VALUE;

    private record Waiting<T>(T item, long from, long to, List<@Nullable Claim> claims, List<Night> nights) {}

    /** @param priority asked for once somebody has to choose */
    public Choosing(Supplier<Priority> priority, Taker<T> taker) {
        this.priority = priority;
        this.taker = taker;
    }

    /**
     * @param from microseconds since 1970, not before that of the value before
     * @param to exclusive; may be unbounded
     * @param claims null where there is nothing to choose
     */
    public void add(T item, long from, long to, List<@Nullable Claim> claims) {
        boolean passes = from >= to || from == Long.MIN_VALUE || to == Long.MAX_VALUE || to - from > LONGEST;
        long end = passes ? to : Math.max(from + 1, to - SECOND);
        if (queue.isEmpty() && (passes || claims.stream().allMatch(claim -> claim == null))) {
            taker.take(item, claims.stream().map(claim -> Share.ALONE).toList());
            return;
        }
        front = Math.max(front, from);
        decide();
        List<Night> nights = new ArrayList<>();
        List<@Nullable Claim> standing = new ArrayList<>();
        for (Claim claim : claims) {
            standing.add(passes ? null : claim);
            if (claim != null && !passes) {
                Field field = fields.computeIfAbsent(claim.contest(), contest -> new Field(order(contest)));
                if (claim.contest().span() == Contest.Span.NIGHT) {
                    nights.add(field.night(claim, from, end));
                } else {
                    field.halfHours(claim, from, end);
                }
            }
        }
        queue.add(new Waiting<>(item, from, end, standing, nights));
    }

    private Comparator<Claim> order(Contest contest) {
        return Comparator.comparing(Claim::weight)
                .thenComparing(Claim::source, priority.get().of(contest.metric()));
    }

    /** Nothing follows. */
    public void finish() {
        front = Long.MAX_VALUE;
        decide();
    }

    private void decide() {
        boolean moved = false;
        for (Waiting<T> first = queue.peek(); first != null && decided(first); first = queue.peek()) {
            taker.take(queue.remove().item(), shares(first));
            moved = true;
        }
        if (moved) {
            Waiting<T> first = queue.peek();
            long begin = first == null ? front : first.from();
            fields.values().forEach(field -> field.forget(Math.floorDiv(begin, BUCKET)));
        }
    }

    private boolean decided(Waiting<T> one) {
        boolean claims = one.claims().stream().anyMatch(claim -> claim != null);
        boolean passed = Math.floorDiv(one.to() - 1, BUCKET) < Math.floorDiv(front, BUCKET);
        return !claims || passed && one.nights().stream().allMatch(night -> night.to <= front);
    }

    private List<Share> shares(Waiting<T> one) {
        List<Share> shares = new ArrayList<>();
        int night = 0;
        for (Claim claim : one.claims()) {
            if (claim == null) {
                shares.add(Share.ALONE);
            } else if (claim.contest().span() == Contest.Span.NIGHT) {
                shares.add(one.nights().get(night++).best.share(claim));
            } else {
                shares.add(field(claim).share(claim, one.from(), one.to()));
            }
        }
        return shares;
    }

    private Field field(Claim claim) {
        Field field = fields.get(claim.contest());
        if (field == null) {
            throw new IllegalStateException("a claim without its contest");
        }
        return field;
    }

    /** Who is believed. */
    private static final class Best {

        private Claim first;
        private boolean contested;

        Best(Claim first) {
            this.first = first;
        }

        void add(Claim claim, Comparator<Claim> order) {
            if (claim == first || claim.equals(first)) {
                return;
            }
            contested |= !claim.agrees(first);
            if (order.compare(claim, first) < 0) {
                first = claim;
            }
        }

        Share share(Claim claim) {
            return !contested ? Share.ALONE : claim.agrees(first) ? Share.CHOSEN : Share.NOTHING;
        }
    }

    /** Sleeps of which each overlaps another one. */
    private static final class Night {

        private final Best best;
        private long to;

        Night(Claim first, long to) {
            this.best = new Best(first);
            this.to = to;
        }
    }

    /** What is known of one contest. */
    private static final class Field {

        private final Comparator<Claim> order;
        private final TreeMap<Long, Best> halfHours = new TreeMap<>();
        private @Nullable Night night;

        Field(Comparator<Claim> order) {
            this.order = order;
        }

        Night night(Claim claim, long from, long to) {
            Night open = night;
            if (open == null || from >= open.to) {
                open = new Night(claim, to);
                night = open;
            } else {
                open.best.add(claim, order);
                open.to = Math.max(open.to, to);
            }
            return open;
        }

        void halfHours(Claim claim, long from, long to) {
            long last = Math.floorDiv(to - 1, BUCKET);
            for (long bucket = Math.floorDiv(from, BUCKET); bucket <= last; bucket++) {
                halfHours.computeIfAbsent(bucket, any -> new Best(claim)).add(claim, order);
            }
        }

        Share share(Claim claim, long from, long to) {
            long first = Math.floorDiv(from, BUCKET);
            long last = Math.floorDiv(to - 1, BUCKET);
            List<Long> chosen = new ArrayList<>();
            boolean contested = false;
            boolean all = true;
            for (long bucket = first; bucket <= last; bucket++) {
                Best best = halfHours.get(bucket);
                if (best == null) {
                    throw new IllegalStateException("a half hour was forgotten too early");
                }
                contested |= best.contested;
                if (claim.agrees(best.first)) {
                    chosen.add(Math.max(from, bucket * BUCKET));
                    chosen.add(Math.min(to, (bucket + 1) * BUCKET));
                } else {
                    all = false;
                }
            }
            if (all) {
                return contested ? Share.CHOSEN : Share.ALONE;
            }
            return chosen.isEmpty()
                    ? Share.NOTHING
                    : Share.part(
                            from, to, chosen.stream().mapToLong(Long::longValue).toArray());
        }

        void forget(long before) {
            halfHours.headMap(before).clear();
        }
    }
}
