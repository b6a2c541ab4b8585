package phr.portability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The law of portability: import after export is the identity on counts, content hashes and originals. */
class RoundTripTest {

    @TempDir
    Path spool;

    private MemoryRecord a;
    private MemoryRecord b;

    @BeforeEach
    void providers() {
        a = new MemoryRecord(Providers.A.namespace());
        b = new MemoryRecord(Providers.B.namespace());
    }

    @RepeatedTest(5)
    void anExportIntoAnEmptyInstanceGivesEqualCountsHashesAndOriginals() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("round trip, seed " + seed);
        RandomRecord.fill(a, seed, 60);
        assertTrue(a.issues.isEmpty(), () -> a.issues.toString());

        ImportResult result = Providers.receive(Providers.export(Providers.A, a, spool), b, spool);

        assertTrue(b.issues.isEmpty(), () -> b.issues.toString());
        Inventory atA = Providers.exporter(Providers.A, spool).inventory(a);
        Inventory atB = Providers.exporter(Providers.B, spool).inventory(b);
        assertEquals(atA, atB);
        assertEquals(atA.contentHash(), result.contentHash());
        assertEquals(a.fileHashes(), b.fileHashes());
        assertEquals(Origin.PROVIDER_SIGNED, result.origin());
        assertEquals(0, result.rejected());
        assertTrue(atA.counts().getOrDefault("Observation", 0) == 60);
    }

    @Test
    void theSamePackageAgainIsANoOp() throws IOException {
        RandomRecord.fill(a, 1, 30);
        byte[] container = Providers.export(Providers.A, a, spool);
        Providers.receive(container, b, spool);
        String before = b.snapshot();

        ImportResult again = Providers.receive(container, b, spool);

        assertTrue(again.again());
        assertEquals(before, b.snapshot());
    }

    @Test
    void aSecondExportOfTheSameRecordChangesNothingButTheProvenanceOfTheExport() throws IOException {
        RandomRecord.fill(a, 2, 30);
        Providers.receive(Providers.export(Providers.A, a, spool), b, spool);
        Inventory before = Providers.exporter(Providers.B, spool).inventory(b);

        ImportResult second = Providers.receive(Providers.export(Providers.A, a, spool), b, spool);

        assertFalse(second.again());
        assertEquals(List.of("Provenance"), List.copyOf(second.counts().keySet()));
        assertEquals(before, Providers.exporter(Providers.B, spool).inventory(b));
        assertEquals(0, b.updated);
    }

    @Test
    void relayedOverAThirdProviderTheRecordIsStillTheSame() throws IOException {
        RandomRecord.fill(a, 3, 30);
        MemoryRecord c = new MemoryRecord("https://phr-c.example/fhir");
        Providers.receive(Providers.export(Providers.A, a, spool), b, spool);
        Providers.receive(Providers.export(Providers.B, b, spool), c, spool);
        Inventory atA = Providers.exporter(Providers.A, spool).inventory(a);
        Provider third = new Provider("jp.example.phr-c", "PHR C", c.namespace, "PHR gateway", "0.1");

        assertEquals(atA, Providers.exporter(third, spool).inventory(c));

        Providers.receive(Providers.export(Providers.A, a, spool), c, spool);
        assertEquals(atA, Providers.exporter(third, spool).inventory(c));
        assertEquals(0, c.updated);
    }

    @Test
    void comingHomeResourcesKeepTheirIdsAndNothingIsDoubled() throws IOException {
        RandomRecord.fill(a, 4, 30);
        Providers.receive(Providers.export(Providers.A, a, spool), b, spool);
        Inventory before = Providers.exporter(Providers.A, spool).inventory(a);

        Providers.receive(Providers.export(Providers.B, b, spool), a, spool);

        assertEquals(before, Providers.exporter(Providers.A, spool).inventory(a));
        assertEquals(0, a.updated);
    }

    @Test
    void comingHomeIntoALostRecordRestoresTheIds() throws IOException {
        RandomRecord.fill(a, 5, 30);
        Providers.receive(Providers.export(Providers.A, a, spool), b, spool);
        MemoryRecord restored = new MemoryRecord(Providers.A.namespace());
        Providers.receive(Providers.export(Providers.B, b, spool), restored, spool);

        assertTrue(restored.resources.keySet().containsAll(a.resources.keySet()));
        assertEquals(
                Providers.exporter(Providers.A, spool).inventory(a),
                Providers.exporter(Providers.A, spool).inventory(restored));
    }

    @Test
    void idsTakenByAnotherPersonAreReplaced() throws IOException {
        RandomRecord.fill(a, 6, 20);
        MemoryRecord first = new MemoryRecord(Providers.B.namespace());
        byte[] container = Providers.export(Providers.A, a, spool);
        Providers.receive(container, first, spool);
        b.others.addAll(first.resources.keySet());

        Providers.receive(container, b, spool);

        assertTrue(b.resources.keySet().stream().noneMatch(first.resources::containsKey));
        assertEquals(
                Providers.exporter(Providers.A, spool).inventory(a),
                Providers.exporter(Providers.B, spool).inventory(b));
    }

    @Test
    void deniesActAtOnceAndPermitsWaitForThePerson() throws IOException {
        RandomRecord.fill(a, 7, 5);
        UUID observation = a.resources.values().stream()
                .filter(stored -> stored.type().equals("Observation"))
                .findFirst()
                .orElseThrow()
                .id();
        a.directives.add(directive("d1", 1, "DENY", "\"Observation/" + observation + "\""));
        a.directives.add(directive("p1", 1, "PERMIT", ""));
        a.directives.add(directive("p1", 2, "PERMIT", ""));

        Providers.receive(Providers.export(Providers.A, a, spool), b, spool);

        assertEquals(RecordSink.Arrival.ACTIVE, b.arrivals.get("d1@1"));
        assertEquals(RecordSink.Arrival.HISTORY, b.arrivals.get("p1@1"));
        assertEquals(RecordSink.Arrival.PENDING_RECONSENT, b.arrivals.get("p1@2"));
        UUID local = phr.fhir.Ids.ofSource(Providers.A.namespace(), "Observation/" + observation);
        assertTrue(b.resources.containsKey(local));
        assertTrue(new String(b.directives.get(0).json(), StandardCharsets.UTF_8).contains("Observation/" + local));
    }

    private static TravellingDirective directive(String id, int version, String effect, String instance) {
        String json = "{\"id\":\"" + id + "\",\"version\":" + version + ",\"state\":\"ACTIVE\",\"effect\":\"" + effect
                + "\",\"selectors\":[{\"instance\":[" + instance + "]}]}";
        return new TravellingDirective(
                id, version, effect, "ACTIVE", null, null, json.getBytes(StandardCharsets.UTF_8));
    }
}
