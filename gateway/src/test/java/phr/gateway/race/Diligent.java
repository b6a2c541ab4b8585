package phr.gateway.race;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import phr.fhir.fixtures.Lifelogs;

/** An app that sends samples as long as it is let, and sends what was not answered again until it is. */
final class Diligent implements Runnable {

    static final int FILE = 40;

    /** What an app may hear while the gateway or its database is away. */
    private static final Set<Integer> LATER = Set.of(429, 503);

    private final Node node;
    private final Supplier<String> token;
    private final String person;
    private final OffsetDateTime first;
    private final AtomicInteger answered = new AtomicInteger();
    private final List<Integer> unexpected = new CopyOnWriteArrayList<>();
    private volatile boolean goesOn = true;

    /** @param first time of its first sample; one a minute follows */
    Diligent(Node node, Supplier<String> token, String person, OffsetDateTime first) {
        this.node = node;
        this.token = token;
        this.person = person;
        this.first = first;
    }

    void rests() {
        goesOn = false;
    }

    /** Samples whose storing was answered. */
    int answered() {
        return answered.get() * FILE;
    }

    /** Answers that an app cannot do anything with. */
    List<Integer> unexpected() {
        return unexpected;
    }

    @Override
    public void run() {
        while (goesOn) {
            byte[] file = file(answered.get());
            while (!taken(file)) {
                pause();
            }
            answered.incrementAndGet();
        }
    }

    private boolean taken(byte[] file) {
        try {
            int status = node.post("/ingest/" + person + "/fhir", token.get(), "application/octet-stream", file)
                    .status();
            if (status != 200 && status != 201 && !LATER.contains(status)) {
                unexpected.add(status);
            }
            return status == 200 || status == 201;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    OffsetDateTime time(int sample) {
        return first.plusMinutes(sample);
    }

    private byte[] file(int number) {
        return IntStream.range(number * FILE, (number + 1) * FILE)
                .mapToObj(i -> Lifelogs.heartRate("hr-" + first.toEpochSecond() + "-" + i, time(i), 58 + i % 40))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
