package phr.fhir.normalise.lifelog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.Ids;
import phr.fhir.Sha256;
import phr.fhir.fixtures.Lifelogs;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Format;
import phr.fhir.validate.Document;
import phr.fhir.validate.Unpacked;
import phr.fhir.validate.Validator;

class LifelogLawsTest {

    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2026-03-01T07:00:00+09:00");
    private static final UUID HEADER = UUID.fromString("0f7a5c1e-2b3d-4e5f-8a9b-0c1d2e3f4a07");

    @ParameterizedTest
    @ValueSource(longs = {1, 20260401, 777})
    void readingTwiceGivesTheSameIdsAndBytesInAnyOrderOfLines(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add(Lifelogs.heartRate(
                    "hr-" + random.nextInt(1_000_000), MORNING.plusMinutes(i), 50 + random.nextInt(90)));
        }
        String once = observations(new FhirFormat(), String.join("\n", lines));
        String again = observations(new FhirFormat(), String.join("\n", lines));
        Collections.shuffle(lines, random);
        String shuffled = observations(new FhirFormat(), String.join("\n", lines));

        assertEquals(once, again, "seed " + seed);
        assertEquals(once, shuffled, "seed " + seed);
    }

    @Test
    void aNewExportOfTheSameArrayGivesTheSameSamples() throws IOException {
        String first = new String(Lifelogs.stepsWeek(HEADER, LocalDate.of(2026, 3, 1)), UTF_8);
        String later =
                first.replace(HEADER.toString(), new UUID(4, 5).toString()).replace("T09:00:00", "T21:30:00");

        assertEquals(observations(new OpenMhealthFormat(), first), observations(new OpenMhealthFormat(), later));
    }

    @Test
    void theSameInstantInAnotherOffsetIsTheSameSample() throws IOException {
        String japan = steps("2026-03-02T08:00:00+09:00", "2026-03-02T08:30:00+09:00");
        String utc = steps("2026-03-01T23:00:00Z", "2026-03-01T23:30:00.000Z");

        assertEquals(ids(new OpenMhealthFormat(), japan), ids(new OpenMhealthFormat(), utc));
        assertNotEquals(
                ids(new OpenMhealthFormat(), japan),
                ids(new OpenMhealthFormat(), steps("2026-03-02T08:00:00Z", "2026-03-02T08:30:00Z")));
    }

    @Test
    void sampleIdsAndDerivedKeysDoNotChangeFromReleaseToRelease() throws IOException {
        String point = new String(Lifelogs.bloodPressure(HEADER, MORNING, 128, 81), UTF_8);

        assertEquals(
                "["
                        + Ids.v5(Ids.namespace(Batches.OWN), Batches.PERSON + "|urn:ietf:rfc:3986|urn:uuid:" + HEADER)
                        + "]",
                ids(new OpenMhealthFormat(), point).toString());
        assertEquals(
                Sha256.of("omh:step-count\u001f\u001f\u001f2026-02-28T22:00:00.000Z\u001f\u001f2100\u001fsteps"
                                .getBytes(UTF_8))
                        .hex(),
                DerivedKey.of("omh:step-count", "", "", MORNING.toInstant(), null, List.of("2100"), List.of("steps")));
    }

    private static String steps(String start, String end) {
        return """
                {"header":{"schema_id":{"namespace":"omh","name":"step-count","version":"1.0"}},"body":[{"step_count":2100,\
                "effective_time_frame":{"time_interval":{"start_date_time":"%s","end_date_time":"%s"}}}]}""".formatted(start, end);
    }

    private static List<UUID> ids(Format format, String content) throws IOException {
        return documents(format, content).stream()
                .filter(document -> document.facts().type().equals("Observation"))
                .map(document -> document.facts().id())
                .toList();
    }

    private static String observations(Format format, String content) throws IOException {
        return documents(format, content).stream()
                .filter(document -> document.facts().type().equals("Observation"))
                .map(document -> new String(document.json(), UTF_8))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static List<Document> documents(Format format, String content) throws IOException {
        return Batches.read(format, content.getBytes(UTF_8)).batches().stream()
                .flatMap(batch -> Unpacked.of(batch, new Validator().validate(batch)).stream())
                .toList();
    }
}
