package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.Permit;
import phr.consent.StalePermitException;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;
import phr.fhir.validate.Validated;

/** How several write at the same time. */
interface WritersContract extends StoreUnderTest {

    @Test
    default void concurrentWritersOfOneIdentityMakeOneResource() throws Exception {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        List<Saved> saved = atOnce(4, () -> save(person, sample.id(UUID.randomUUID())));
        Saved sum = saved.stream().reduce(Saved.NOTHING, Saved::plus);
        assertEquals(new Saved(1, 0, 3, 0), sum);
        assertEquals(1, references(Permits.own(person)).size());
    }

    @Test
    default void concurrentWritersOfOneIdGiveItToOnePersonOnly() throws Exception {
        UUID id = UUID.randomUUID();
        List<Boolean> taken = atOnce(4, () -> {
            PersonId person = Sample.somebody();
            try {
                save(person, Sample.of(person, "Observation", "a").id(id));
                return true;
            } catch (FailureException e) {
                assertEquals(Category.CONFLICT, e.failure().category());
                return false;
            }
        });
        assertEquals(1, taken.stream().filter(won -> won).count());
    }

    @Test
    default void whatIsRefusedDoesNotTakeTheOthersOfItsMomentWithIt() throws Exception {
        AtomicInteger number = new AtomicInteger();
        List<Boolean> right = atOnce(12, () -> {
            int mine = number.getAndIncrement();
            PersonId person = Sample.somebody();
            Sample sample = Sample.of(person, "Observation", "a");
            Permit permit = Permits.contribute(person);
            if (mine % 3 == 0) {
                changeConsents(person);
            }
            List<UUID> told = new ArrayList<>();
            try {
                store().save(permit, Sample.batch(person, sample), one -> told.add(one.id()));
            } catch (StalePermitException e) {
                return mine % 3 == 0
                        && told.isEmpty()
                        && references(Permits.self(person, Action.READ, 1)).isEmpty();
            }
            return mine % 3 != 0
                    && told.size() == 1
                    && references(Permits.own(person)).size() == 1;
        });
        assertEquals(Collections.nCopies(12, true), right);
    }

    @Test
    default void whatElseIsDoneWithABatchIsPartOfIt() throws Exception {
        AtomicInteger number = new AtomicInteger();
        List<Boolean> right = atOnce(12, () -> {
            int mine = number.getAndIncrement();
            boolean fails = mine % 3 == 0;
            PersonId person = Sample.somebody();
            PersonId other = Sample.somebody();
            List<Validated> batches = Stream.of("a", "b")
                    .limit(1 + mine % 2)
                    .map(source -> Sample.batch(person, Sample.of(person, "Observation", source)))
                    .toList();
            Function<Saved, Integer> rest = saved -> {
                save(other, Sample.of(other, "Observation", "a"));
                if (fails) {
                    throw new IllegalArgumentException("the rest cannot be done");
                }
                return saved.created();
            };
            boolean failed = false;
            try {
                assertEquals(batches.size(), store().save(Permits.contribute(person), batches, stored -> {}, rest));
            } catch (IllegalArgumentException e) {
                failed = true;
            }
            int all = references(Permits.own(person)).size()
                    + references(Permits.own(other)).size();
            return failed == fails && all == (fails ? 0 : batches.size() + 1);
        });
        assertEquals(Collections.nCopies(12, true), right);
    }

    @Test
    default void whoWaitsForALongImportDoesNotKeepOthersWaiting() throws Exception {
        PersonId busy = Sample.somebody();
        List<PersonId> others = Stream.generate(Sample::somebody).limit(8).toList();
        ExecutorService pool = Executors.newFixedThreadPool(others.size() + 1);
        try {
            Future<Saved> waiting = store().together(() -> {
                save(busy, Sample.of(busy, "Observation", "a"));
                Future<Saved> second = pool.submit(() -> save(busy, Sample.of(busy, "Observation", "b")));
                List<Future<Saved>> rest = others.stream()
                        .map(one -> pool.submit(() -> save(one, Sample.of(one, "Observation", "a"))))
                        .toList();
                for (Future<Saved> one : rest) {
                    assertEquals(1, result(one).created());
                }
                assertFalse(second.isDone());
                return second;
            });
            assertEquals(1, result(waiting).created());
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Callable<T>> calls = java.util.stream.IntStream.range(0, threads)
                    .<Callable<T>>mapToObj(i -> () -> {
                        start.await();
                        return work.call();
                    })
                    .toList();
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> result : pool.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
