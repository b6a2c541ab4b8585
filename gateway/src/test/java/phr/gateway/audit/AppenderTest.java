package phr.gateway.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phr.fhir.PersonId;
import phr.gateway.Stack;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class AppenderTest {

    private static final int THREADS = 32;
    private static final int EACH = 40;

    @Inject
    AccessLog log;

    @Inject
    Chains chains;

    @Inject
    AuditDatabase database;

    @Inject
    Counterparts counterparts;

    @Inject
    Clock clock;

    private final List<PersonId> persons = List.of(somebody(), somebody(), somebody());

    @Test
    void entries_that_wait_at_the_same_time_stand_in_unbroken_chains() throws Exception {
        AtomicInteger number = new AtomicInteger();
        together(() -> {
            for (int i = 0; i < EACH; i++) {
                log.append(event(persons.get(number.getAndIncrement() % persons.size()), "read Observation"));
            }
            return true;
        });
        assertEquals(THREADS * EACH, unbroken());
    }

    @Test
    void two_nodes_go_on_with_the_same_chains() throws Exception {
        List<Appender> nodes = List.of(node(), node());
        AtomicInteger number = new AtomicInteger();
        together(() -> {
            for (int i = 0; i < EACH; i++) {
                int turn = number.getAndIncrement();
                AccessEvent event = event(persons.get(turn % persons.size()), "read Observation");
                nodes.get(turn / 5 % nodes.size()).append(event, new Tally());
            }
            return true;
        });
        assertEquals(THREADS * EACH, unbroken());
    }

    private Appender node() {
        return new Appender(database, counterparts, clock);
    }

    private long unbroken() {
        return persons.stream()
                .map(chains::verify)
                .peek(verification -> assertTrue(verification.valid()))
                .mapToLong(Verification::entries)
                .sum();
    }

    @Test
    void one_that_cannot_be_written_fails_alone() throws Exception {
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger number = new AtomicInteger();
        together(() -> {
            for (int i = 0; i < EACH; i++) {
                int turn = number.getAndIncrement();
                boolean bad = turn % 7 == 0;
                // refused by the database, or a fault of ours before it is asked
                PersonId person = bad && turn % 2 == 0 ? null : persons.get(0);
                try {
                    log.append(event(person, bad ? "read \u0000" : "read Patient"));
                } catch (RuntimeException e) {
                    assertTrue(bad);
                    failed.incrementAndGet();
                }
            }
            return true;
        });
        Verification verification = chains.verify(persons.get(0));
        assertTrue(verification.valid());
        assertEquals((THREADS * EACH + 6) / 7, failed.get());
        assertEquals(THREADS * EACH - failed.get(), verification.entries());
    }

    private static void together(Callable<Boolean> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(work));
            }
            for (Future<Boolean> one : running) {
                assertTrue(one.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static PersonId somebody() {
        return new PersonId(UUID.randomUUID());
    }

    /** Also what no caller may pass. */
    @SuppressWarnings("NullAway")
    private static AccessEvent event(@Nullable PersonId person, String interaction) {
        return new AccessEvent(
                person,
                null,
                "citizen-app",
                AccessEvent.SELF,
                "read",
                interaction,
                List.of("PATRQT"),
                AccessEvent.Outcome.PERMIT,
                "SELF",
                List.of());
    }
}
