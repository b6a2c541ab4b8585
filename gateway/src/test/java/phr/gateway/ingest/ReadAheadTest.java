package phr.gateway.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phr.fhir.failure.FailureException;

/** Reading and storing at the same time. */
@Timeout(30)
class ReadAheadTest {

    private final ReadAhead<Integer> batches = new ReadAhead<>();
    private final List<Integer> stored = new ArrayList<>();

    @Test
    void everyBatchIsStoredInOrderAndTheResultComesLast() {
        String result = batches.run(() -> read(1_000), stored::add);
        assertEquals("read", result);
        assertEquals(IntStream.range(0, 1_000).boxed().toList(), stored);
    }

    @Test
    void oneIsReadWhileAnotherIsStored() {
        CountDownLatch second = new CountDownLatch(2);
        batches.run(
                () -> {
                    for (int i = 0; i < 2; i++) {
                        second.countDown();
                        batches.add(i);
                    }
                    return "read";
                },
                batch -> assertTrue(await(second), "the second is read while the first is stored"));
    }

    @Test
    void noMoreIsReadThanTwoAhead() {
        AtomicInteger read = new AtomicInteger();
        batches.run(
                () -> {
                    for (int i = 0; i < 100; i++) {
                        batches.add(i);
                        read.incrementAndGet();
                    }
                    return "read";
                },
                batch -> assertTrue(read.get() <= batch + 3, "at " + batch));
    }

    @Test
    void whatWasReadBeforeAFailureIsStored() {
        IllegalArgumentException malformed = new IllegalArgumentException("malformed");
        Throwable thrown = assertThrows(
                IllegalArgumentException.class,
                () -> batches.run(
                        () -> {
                            read(3);
                            throw malformed;
                        },
                        stored::add));
        assertSame(malformed, thrown);
        assertEquals(List.of(0, 1, 2), stored);
    }

    @Test
    void whenStoringFailsReadingHasEnded() {
        AtomicReference<Throwable> ended = new AtomicReference<>();
        IllegalStateException full = new IllegalStateException("full");
        Throwable thrown = assertThrows(
                IllegalStateException.class,
                () -> batches.run(
                        () -> {
                            try {
                                return read(1_000_000);
                            } catch (CancellationException e) {
                                ended.set(e);
                                throw e;
                            }
                        },
                        batch -> {
                            throw full;
                        }));
        assertSame(full, thrown);
        assertTrue(ended.get() instanceof CancellationException);
    }

    @Test
    void whoIsInterruptedStopsBothAndStaysInterrupted() {
        assertThrows(
                FailureException.class,
                () -> batches.run(
                        () -> read(1_000_000), batch -> Thread.currentThread().interrupt()));
        assertTrue(Thread.interrupted());
    }

    private String read(int count) {
        IntStream.range(0, count).forEach(batches::add);
        return "read";
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
