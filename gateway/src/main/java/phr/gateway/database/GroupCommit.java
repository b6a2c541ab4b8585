package phr.gateway.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What requests want written at the same time is written in one transaction: who has the turn writes for all who queue. Each still
 * returns only when its own is durable. Thread-safe.
 *
 * @param <T> what is to be written
 * @param <R> what became of it
 */
public final class GroupCommit<T, R> {

    private final int most;
    private final Function<List<T>, List<R>> durable;
    private final Predicate<RuntimeException> away;
    private final Supplier<? extends RuntimeException> lost;
    private final Queue<Waiting<T, R>> queue = new ConcurrentLinkedQueue<>();
    private final Lock turn = new ReentrantLock();

    /**
     * @param most items of a transaction
     * @param durable writes all of them, and says in their order what became of each; or throws, and then nothing is written. Never
     *     called twice at a time
     * @param away whether something thrown means that nothing can be written at all: then one finds out for all
     * @param lost says that it is not known what became of an item
     */
    public GroupCommit(
            int most,
            Function<List<T>, List<R>> durable,
            Predicate<RuntimeException> away,
            Supplier<? extends RuntimeException> lost) {
        this.most = most;
        this.durable = durable;
        this.away = away;
        this.lost = lost;
    }

    private static final class Waiting<T, R> {

        private final T item;
        private @Nullable R result;
        private @Nullable RuntimeException failure;

        Waiting(T item) {
            this.item = item;
        }

        boolean done() {
            return result != null || failure != null;
        }
    }

    /** What became of it, or what was thrown when it was written alone. */
    public R write(T item) {
        Waiting<T, R> mine = new Waiting<>(item);
        queue.add(mine);
        turn.lock();
        try {
            while (!mine.done()) {
                write(next());
            }
        } finally {
            turn.unlock();
        }
        if (mine.result == null) {
            throw mine.failure == null ? lost.get() : mine.failure;
        }
        return mine.result;
    }

    private List<Waiting<T, R>> next() {
        List<Waiting<T, R>> group = new ArrayList<>();
        Waiting<T, R> waiting = queue.poll();
        while (waiting != null) {
            group.add(waiting);
            waiting = group.size() < most ? queue.poll() : null;
        }
        return group;
    }

    /** What cannot be written does not take the others with it. */
    private void write(List<Waiting<T, R>> group) {
        try {
            List<R> results =
                    durable.apply(group.stream().map(waiting -> waiting.item).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).result = results.get(i);
            }
        } catch (RuntimeException e) {
            if (group.size() == 1) {
                group.get(0).failure = e;
            } else {
                oneByOne(group);
            }
        } finally {
            // after an error of the virtual machine nobody may wait for what was taken from the queue
            group.stream().filter(one -> !one.done()).forEach(one -> one.failure = lost.get());
        }
    }

    private void oneByOne(List<Waiting<T, R>> group) {
        RuntimeException hopeless = null;
        for (Waiting<T, R> one : group) {
            if (hopeless == null) {
                write(List.of(one));
                hopeless = one.failure != null && away.test(one.failure) ? one.failure : null;
            } else {
                one.failure = hopeless;
            }
        }
    }
}
