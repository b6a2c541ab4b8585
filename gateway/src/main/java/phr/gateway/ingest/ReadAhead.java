package phr.gateway.ingest;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * Batches are read in a thread of their own while the caller works on those that came before: one processor reads, another stores. Two
 * batches wait at most, so what is in memory stays bounded.
 */
final class ReadAhead<B> {

    private final BlockingQueue<Optional<B>> waiting = new ArrayBlockingQueue<>(2);

    /**
     * Ends both ways together: what either throws is thrown here, after all batches that were read before.
     *
     * @param reading calls {@link #add} with each batch; it is interrupted when the work is broken off
     * @param work on each batch, in order, in the thread of the caller
     */
    <T> T run(Supplier<T> reading, Consumer<B> work) {
        FutureTask<T> read = new FutureTask<>(() -> {
            try {
                return reading.get();
            } finally {
                put(Optional.empty());
            }
        });
        Thread reader = new Thread(read, Thread.currentThread().getName() + "-ahead");
        reader.setDaemon(true);
        reader.start();
        try {
            for (Optional<B> batch = waiting.take(); batch.isPresent(); batch = waiting.take()) {
                work.accept(batch.get());
            }
            return read.get();
        } catch (ExecutionException e) {
            throw unchecked(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(Category.UNAVAILABLE, "ING-7", "the gateway is being stopped")
                    .exception();
        } finally {
            end(reader);
        }
    }

    /** Waits until there is room. */
    void add(B batch) {
        put(Optional.of(batch));
    }

    private void put(Optional<B> batch) {
        try {
            waiting.put(batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    /** The file that it reads may be gone afterwards. */
    private static void end(Thread reader) {
        reader.interrupt();
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was thrown while reading; its callers handle that, and reading throws nothing checked. */
    private static RuntimeException unchecked(ExecutionException failed) {
        if (failed.getCause() instanceof Error error) {
            throw error;
        }
        return failed.getCause() instanceof RuntimeException known ? known : new IllegalStateException(failed);
    }
}
