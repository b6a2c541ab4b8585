package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phr.consent.engine.Scene.resource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import phr.consent.Capacity;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.consent.Referrers;
import phr.consent.trace.Explained;
import phr.fhir.PersonId;
import phr.fhir.facts.Facts;

/** The decision about one resource: its one grant, and an error at any point (consent-semantics.md §3, §16.1, CS-9). */
class DecideTest {

    private static final Instant NOW = Scene.at("2026-06-01T10:00:00+09:00");
    private static final Facts LAB = resource("Observation", "lab");
    private static final String PERMIT = "{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],"
            + "'purposes':['TREAT'],'actions':['read'],'selectors':'ALL','labels':'ANY'%s}";

    private static Permit decided(Scene scene) {
        return assertInstanceOf(Permit.class, Engine.decide(scene.request(), scene.policy(), LAB, Referrers.NONE, NOW));
    }

    @Test
    void theGrantIsForThatResourceAndNoOther() {
        Permit permit = decided(new Scene().says(PERMIT.formatted("")));
        assertEquals(List.of(), permit.aggregates());
        assertEquals(
                new Predicate.In(Predicate.Scalar.REFERENCE, Set.of(LAB.reference())),
                permit.grants().get(0).predicate());
        assertEquals(
                Set.of(Obligation.KEEP_LABELS, Obligation.MASK_REFERENCES),
                permit.grants().get(0).obligations());
        assertEquals(1, permit.epoch());
    }

    @Test
    void thePersonHerselfHasNoObligation() {
        Permit permit = decided(new Scene().as(Capacity.SELF).throughPortal().purpose("PATRQT"));
        assertEquals(Set.of(), permit.grants().get(0).obligations());
    }

    @Test
    void whatOnlyAggregatesLeaveIsNoRow() {
        String means = ",'conditions':[{'code':'AGGREGATE_ONLY','unit':'WEEK','functions':['mean']}]";
        Permit permit = decided(new Scene().says(PERMIT.formatted(means)));
        assertEquals(List.of(), permit.grants());
        assertTrue(permit.aggregates().get(0).obligations().stream().anyMatch(Obligation::withoutRows));
    }

    @Test
    void p14AnErrorBeforeAnyDirectiveIsADenyToo() {
        Scene scene = new Scene().says(PERMIT.formatted(""));
        Policy foreign = new Policy(new PersonId(new UUID(9, 9)), 1, List.of());
        Explained explained = Engine.explain(scene.request(), foreign, LAB, Referrers.NONE, NOW);
        assertEquals("INDETERMINATE", explained.reason().name());
        assertEquals("DENY", explained.outcome().name());
        assertEquals("NONE", explained.basis().code());
        assertEquals(NOW.plusSeconds(900), explained.validUntil());
    }

    @Test
    void p14AnErrorIsLoudAndTellsOnlyItsKind() {
        List<LogRecord> lines = new ArrayList<>();
        Handler listener = new Handler() {

            @Override
            public void publish(LogRecord line) {
                lines.add(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Engine.class.getName());
        logger.addHandler(listener);
        try {
            Policy foreign = new Policy(new PersonId(new UUID(9, 9)), 1, List.of());
            Engine.decide(new Scene().request(), foreign, LAB, Referrers.NONE, NOW);
        } finally {
            logger.removeHandler(listener);
        }
        assertEquals(1, lines.size());
        assertEquals(Level.SEVERE.intValue(), lines.get(0).getLevel().intValue());
        assertEquals(null, lines.get(0).getThrown());
        assertEquals(
                "consent decision failed: java.lang.IllegalArgumentException",
                new SimpleFormatter().formatMessage(lines.get(0)));
    }
}
