package phr.gateway.race;

import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Cast;

/** A person who grants, revokes and sends data as long as she is let, and remembers what she was told is done. */
final class Restless implements Runnable {

    private static final String MIDORI_MAY_READ = Cast.SAKURA_MAY_READ.replace("sakura", "midori");
    private static final OffsetDateTime FIRST = OffsetDateTime.parse("2026-02-01T07:00:00+09:00");

    private final Node node;
    private final Supplier<String> token;
    private final String person;
    private final List<String> granted = new CopyOnWriteArrayList<>();
    private final List<String> revoked = new CopyOnWriteArrayList<>();
    private volatile boolean goesOn = true;
    private int sent;

    Restless(Node node, Supplier<String> token, String person) {
        this.node = node;
        this.token = token;
        this.person = person;
    }

    void rests() {
        goesOn = false;
    }

    /** Directives whose grant was answered. */
    List<String> granted() {
        return granted;
    }

    /** Those whose revocation was answered too. */
    List<String> revoked() {
        return revoked;
    }

    @Override
    public void run() {
        while (goesOn) {
            try {
                actsOnce();
            } catch (UncheckedIOException | AssertionError e) {
                pause();
            }
        }
    }

    /** An act that was not answered may or may not have been committed. */
    private void actsOnce() {
        String directive = node.post("/consents", token.get(), "application/json", MIDORI_MAY_READ)
                .at("directive.id");
        granted.add(directive);
        String sample = Lifelogs.heartRate("hr-" + sent, FIRST.plusMinutes(sent), 58 + sent % 40);
        sent++;
        node.post("/ingest/" + person + "/fhir", token.get(), "application/octet-stream", sample)
                .at("format");
        node.post("/consents/" + directive + "/$revoke", token.get(), "application/json", "{}")
                .at("directive.state");
        revoked.add(directive);
        pause();
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
