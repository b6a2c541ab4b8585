package phr.deploy.bench.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Clients that each keep one connection busy for a while. */
public final class Crowd {

    private Crowd() {}

    private record Share(long failures, LongStream nanos) {}

    /**
     * @param clients each gives its next call; the same client is never asked by two threads
     * @throws IOException when nobody is answered well
     */
    public static Round busy(int port, Duration time, List<Supplier<Call>> clients) throws IOException {
        long start = System.nanoTime();
        long until = start + time.toNanos();
        List<Callable<Share>> work = new ArrayList<>();
        clients.forEach(client -> work.add(() -> client(port, until, client)));
        ExecutorService threads = Executors.newFixedThreadPool(clients.size());
        try {
            long failures = 0;
            LongStream nanos = LongStream.empty();
            for (Future<Share> one : threads.invokeAll(work)) {
                failures += one.get().failures();
                nanos = LongStream.concat(nanos, one.get().nanos());
            }
            return Round.of(failures, (System.nanoTime() - start) / 1e9, nanos.toArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("a client broke off: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Share client(int port, long until, Supplier<Call> calls) throws IOException {
        LongStream.Builder nanos = LongStream.builder();
        long good = 0;
        long failures = 0;
        String last = "";
        try (Connection connection = new Connection(port)) {
            while (System.nanoTime() < until) {
                Reply reply = connection.send(calls.get());
                if (reply.good()) {
                    good++;
                    nanos.add(reply.nanos());
                } else {
                    failures++;
                    last = reply.status() + " " + reply.text();
                }
            }
        }
        if (good == 0) {
            throw new IOException("no call was answered well, the last one with " + last);
        }
        return new Share(failures, nanos.build());
    }
}
