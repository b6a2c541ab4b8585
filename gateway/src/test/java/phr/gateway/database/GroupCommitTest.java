package phr.gateway.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/** Those who wait for the one at work are written together. */
class GroupCommitTest {

    private final List<Set<String>> groups = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch othersWait = new CountDownLatch(1);

    @Test
    void whoeverWaitsIsWrittenTogether() throws Exception {
        Map<String, String> results = results(Map.of());

        assertEquals(new TreeMap<>(Map.of("a", "a!", "b", "b!", "c", "c!", "d", "d!", "first", "first!")), results);
        assertEquals(List.of(Set.of("first"), Set.of("a", "b", "c", "d")), groups);
    }

    @Test
    void whatFailsDoesNotTakeTheOthersWithIt() throws Exception {
        Map<String, String> results = results(Map.of("b", Category.CONFLICT));

        assertEquals(
                new TreeMap<>(Map.of("a", "a!", "b", "CONFLICT", "c", "c!", "d", "d!", "first", "first!")), results);
    }

    @Test
    void thatTheDatabaseIsAwayIsFoundOutOnceAndNotByEach() throws Exception {
        Map<String, String> results = results(Map.of(
                "a", Category.UNAVAILABLE,
                "b", Category.UNAVAILABLE,
                "c", Category.UNAVAILABLE,
                "d", Category.UNAVAILABLE));

        assertEquals("first!", results.remove("first"));
        assertEquals(Set.of("UNAVAILABLE"), Set.copyOf(results.values()));
        assertEquals(3, groups.size(), "the first, all that waited, and one of them alone");
    }

    /** By item what was answered, or the category of what was thrown. */
    private Map<String, String> results(Map<String, Category> failing) throws InterruptedException {
        GroupCommit<String, String> commit =
                new GroupCommit<>(10, items -> durable(items, failing), GroupCommitTest::away, () -> {
                    throw new AssertionError("nothing is lost");
                });
        Map<String, String> results = new ConcurrentHashMap<>();
        Thread first = started(commit, "first", results);
        while (groups.isEmpty()) {
            Thread.onSpinWait();
        }
        List<Thread> others = Stream.of("a", "b", "c", "d")
                .map(item -> started(commit, item, results))
                .toList();
        while (others.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        othersWait.countDown();
        first.join();
        for (Thread other : others) {
            other.join();
        }
        return new TreeMap<>(results);
    }

    private static boolean away(RuntimeException failure) {
        return failure instanceof FailureException known && known.failure().category() == Category.UNAVAILABLE;
    }

    private static Thread started(GroupCommit<String, String> commit, String item, Map<String, String> results) {
        Thread thread = new Thread(() -> {
            try {
                results.put(item, commit.write(item));
            } catch (FailureException e) {
                results.put(item, e.failure().category().name());
            }
        });
        thread.start();
        return thread;
    }

    private List<String> durable(List<String> items, Map<String, Category> failing) {
        groups.add(Set.copyOf(items));
        try {
            othersWait.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        items.stream().filter(failing::containsKey).findFirst().ifPresent(item -> {
            throw Failure.of(failing.getOrDefault(item, Category.FAULT), "TST-1", "does not work")
                    .exception();
        });
        return items.stream().map(item -> item + "!").toList();
    }
}
