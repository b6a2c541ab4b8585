package phr.fhir.validate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.fixtures.Lifelogs;
import phr.fhir.fixtures.Series;
import phr.fhir.label.LabelTables;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Normalised;
import phr.fhir.normalise.lifelog.FhirFormat;
import phr.fhir.sample.Hole;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shapes;

class PackingTest {

    private static final String PULSE =
            Lifelogs.heartRate("hr-1", OffsetDateTime.parse("2026-03-01T07:00:00+09:00"), 61);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20260401, 777})
    void whatIsPackedIsTheSameDocumentUnpacked(long seed) throws IOException {
        Packing packing = new Packing(new Shapes());
        int packed = 0;
        String lines = String.join("\n", new Series(seed, Batches.PERSON.toString(), 10).observations(100));
        for (Document document : documents(lines)) {
            Optional<Sample> sample = packing.sample(document);
            if (sample.isPresent()) {
                packed++;
                Document again = Document.of(sample.get());
                String message = "seed " + seed;
                assertArrayEquals(document.json(), again.json(), message);
                assertEquals(document.facts(), again.facts(), message);
                assertEquals(document.source(), again.source(), message);
                assertEquals(document.profiles(), again.profiles(), message);
                assertEquals(document.tokens(), again.tokens(), message);
            }
        }
        assertTrue(packed > 10, "seed " + seed + ": " + packed);
    }

    @Test
    void aSampleHasHolesForNameTimeAndValue() throws IOException {
        Sample sample = packed(PULSE);

        assertEquals(
                List.of(Hole.IDENTIFIER, Hole.START, Hole.NUMBER),
                sample.shape().holes());
        assertEquals("Observation/hr-1", sample.key());
        assertEquals("61", sample.numbers().get(0).toString());
        assertEquals("urn:phr:phr-citizen", sample.shape().namespace());
        assertEquals("", sample.shape().prefix());
    }

    @Test
    void aSampleWithoutANameIsKnownByTheHashOfItsContent() throws IOException {
        Sample sample = packed(PULSE.replace("\"id\":\"hr-1\",", ""));

        assertEquals(List.of(Hole.START, Hole.NUMBER), sample.shape().holes());
        assertEquals(64, sample.key().length());
        assertEquals("urn:phr:content-hash", sample.shape().namespace());
    }

    @Test
    void samplesOfASeriesHaveOneShape() throws IOException {
        Packing packing = new Packing(new Shapes());
        List<Document> documents = documents(
                new String(Lifelogs.heartRateNdjson(OffsetDateTime.parse("2026-03-01T07:00:00+09:00"), 3), UTF_8));

        assertSame(
                packing.sample(documents.get(0)).orElseThrow().shape(),
                packing.sample(documents.get(2)).orElseThrow().shape());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "8867-4~29463-7",
                "8867-4~41950-7",
                "2026-03-01T07:00:00+09:00~2026-03-01",
                "2026-03-01T07:00:00+09:00~2026-03-01T07:00:00.1234567+09:00",
                "\"value\":61,~",
                "\"value\":61~\"value\":1234567890123456789",
                "hr-1\",~hr-1\",\"hasMember\":[{\"reference\":\"Observation/x\",\"identifier\":{\"value\":\"y\"}}],\"derivedFrom\":[{\"reference\":\"#\"}],",
                "\"effectiveDateTime\":\"2026-03-01T07:00:00+09:00\"~\"effectivePeriod\":{\"start\":\"2026-03-01T07:00:00+09:00\"}",
                "\"effectiveDateTime\":\"2026-03-01T07:00:00+09:00\"~\"effectivePeriod\":{\"start\":\"2026-03-01T07:00:00+09:00\",\"end\":\"2026-03-01T06:00:00+09:00\"}",
                "\"effectiveDateTime\":\"2026-03-01T07:00:00+09:00\"~\"issued\":\"2026-03-01T07:00:00+09:00\""
            })
    void whatDoesNotFitStaysADocument(String text, String other) throws IOException {
        List<Document> documents = documents(PULSE.replace(text, other == null ? "" : other));

        assertEquals(1, documents.size());
        boolean linked = other != null && other.contains("hasMember");
        assertEquals(linked, new Packing(new Shapes()).sample(documents.get(0)).isPresent());
    }

    @Test
    void anIdentifierWrittenWithAnEscapeStaysADocument() throws IOException {
        String named =
                PULSE.replace("\"id\":\"hr-1\"", "\"identifier\":[{\"system\":\"urn:oid:1.2\",\"value\":\"a\\\"b\"}]");

        assertEquals(
                Optional.empty(),
                new Packing(new Shapes()).sample(documents(named).get(0)));
    }

    private static Sample packed(String observation) throws IOException {
        return new Packing(new Shapes()).sample(documents(observation).get(0)).orElseThrow();
    }

    private static List<Document> documents(String lines) throws IOException {
        List<Document> documents = new ArrayList<>();
        for (Normalised batch :
                Batches.read(new FhirFormat(), lines.getBytes(UTF_8)).batches()) {
            Writing writing = new Writing(batch.intake(), LabelTables.bundled());
            for (Draft draft : batch.drafts()) {
                Document document = writing.document(draft, writing.facts(draft));
                if (document != null && document.facts().type().equals("Observation")) {
                    documents.add(document);
                }
            }
        }
        return documents;
    }

    @Test
    void theValidatorHandsDenseSamplesOnPacked() throws IOException {
        String lines = PULSE + "\n" + PULSE.replace("8867-4", "29463-7").replace("hr-1", "w-1");
        Normalised batch =
                Batches.read(new FhirFormat(), lines.getBytes(UTF_8)).batches().get(0);

        Validated validated = new Validator().validate(batch);

        assertEquals(1, validated.samples().size());
        assertEquals(
                List.of("Observation", "DocumentReference", "Provenance"),
                validated.documents().stream()
                        .map(document -> document.facts().type())
                        .toList());
        String provenance = new String(validated.documents().get(2).json(), UTF_8);
        assertTrue(
                provenance.contains("Observation/" + validated.samples().get(0).id()));
        assertEquals(
                java.util.Set.of("raw-file", "lifelog-vitals", "lifelog-body"),
                validated.documents().get(1).facts().categories().values());
    }

    @Test
    void whatComesAsSampleAndAsDocumentInOneBatchIsTwoDocumentsInOrder() throws IOException {
        String lines = PULSE + "\n" + PULSE.replace("T07:00:00+09:00", "") + "\n" + PULSE.replace(":61,", ":62,");
        Normalised batch =
                Batches.read(new FhirFormat(), lines.getBytes(UTF_8)).batches().get(0);

        Validated validated = new Validator().validate(batch);

        assertEquals(List.of(), validated.samples());
        assertEquals(
                List.of("T07:00:00+09:00", "", "T07:00:00+09:00"),
                validated.documents().stream()
                        .limit(3)
                        .map(document -> new String(document.json(), UTF_8))
                        .map(json -> json.contains("T07:00:00+09:00") ? "T07:00:00+09:00" : "")
                        .toList());
        assertTrue(new String(validated.documents().get(2).json(), UTF_8).contains(":62,"));
    }
}
