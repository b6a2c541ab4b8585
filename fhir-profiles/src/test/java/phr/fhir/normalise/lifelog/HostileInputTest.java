package phr.fhir.normalise.lifelog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.Sha256;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.Lifelogs;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.DocumentReport;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Report;
import phr.fhir.validate.Unpacked;
import phr.fhir.validate.Validator;

class HostileInputTest {

    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2026-03-01T07:00:00+09:00");
    private static final String GOOD = Lifelogs.heartRate("good", MORNING, 61);

    static Stream<byte[]> brokenFiles() {
        String point = "{\"schema_id\":1,\"resourceType\":\"Observation\"";
        return Stream.of(
                (point + ",\"x\":" + "[".repeat(100_000)).getBytes(UTF_8),
                (point + ",\"x\":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000) + "}").getBytes(UTF_8),
                (point + ",\"x\":NaN}").getBytes(UTF_8),
                (point + ",\"x\":Infinity}").getBytes(UTF_8),
                (point + ",\"x\":\"日本").getBytes(UTF_8),
                (point + ",\"x\":\"日本\"}").getBytes(Charset.forName("Windows-31J")),
                (point + ",\"x\":1}}").getBytes(UTF_8),
                (point + ",\"x\":1} garbage").getBytes(UTF_8),
                ("[" + point + "},").getBytes(UTF_8),
                ("[" + point + "}]]").getBytes(UTF_8),
                (point + ",\"x\":" + "9".repeat(100_000)).getBytes(UTF_8));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("brokenFiles")
    void aFileThatIsNoJsonIsRefusedWholeWithAPlace(byte[] content) {
        for (var format : List.of(new OpenMhealthFormat(), new FhirFormat())) {
            FailureException refused = assertThrows(FailureException.class, () -> Batches.read(format, content));
            assertEquals(400, refused.failure().category().status());
            assertTrue(refused.failure().issues().get(0).expressions().get(0).startsWith("line "));
        }
    }

    static Stream<String> brokenLines() {
        return Stream.of(
                "{\"resourceType\":\"Observation\",\"x\":" + "[".repeat(10_000),
                "{\"resourceType\":\"Observation\",\"status\":NaN}",
                "{\"resourceType\":\"Observation\",\"status\":\"final\",\"status\":\"final\"}",
                "{\"resourceType\":\"Observation\",\"status\":\"final\"} {}",
                "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":" + "9".repeat(5_000) + "}}",
                "{\"resourceType\":\"Observation\",\"note\":\"" + "x".repeat(10_000_000) + "\"}",
                "{\"resourceType\":\"Observation\",\"component\":" + "[".repeat(99),
                "{\"resourceType\":\"Observation\",\"status\":17}",
                "{\"resourceType\":[\"Observation\"]}",
                "{\"resourceType\":\"Observation\",\"effectiveDateTime\":\"2026-02-30T99:00:00Z\"}",
                "null",
                "\"Observation\"",
                "\u0000\u0001");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("brokenLines")
    void aBadLineIsReportedWithItsNumberAndTheOthersGoOn(String bad) throws IOException {
        byte[] content = (GOOD + "\n" + bad + "\n" + GOOD.replace("good", "also-good") + "\n").getBytes(UTF_8);

        Batches.Result result = Batches.read(new FhirFormat(), content);

        assertEquals(List.of(2), observations(result));
        assertEquals(1, result.report().issues().size());
        assertTrue(result.report().issues().get(0).expressions().get(0).startsWith("line 2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e999999999", "1e-400", "123456789012345678901234567890123456789012345"})
    void aNumberThatNoMeasurementHasDoesNotBecomeFhir(String number) throws IOException {
        String fhir = GOOD.replace("\"value\":61", "\"value\":" + number);
        String omh = new String(Lifelogs.bloodPressure(new java.util.UUID(1, 2), MORNING, 7777, 80), UTF_8)
                .replace("7777", number);

        for (Batches.Result result : List.of(
                Batches.read(new FhirFormat(), fhir.getBytes(UTF_8)),
                Batches.read(new OpenMhealthFormat(), omh.getBytes(UTF_8)))) {
            assertEquals("JSON-6", result.report().issues().get(0).rule());
            assertEquals(List.of(0), observations(result));
        }
    }

    @Test
    void byteOrderMarkAndWindowsLineEndsAreRead() throws IOException {
        byte[] content = ("\uFEFF" + GOOD + "\r\n\r\n" + GOOD.replace("good", "b") + "\r\n").getBytes(UTF_8);

        Batches.Result result = Batches.read(new FhirFormat(), content);

        assertEquals(List.of(2), observations(result));
        assertEquals(List.of(), result.report().issues());
    }

    @Test
    void aLineInAnotherCharsetIsReportedAndNotReplaced() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((GOOD + "\n").getBytes(UTF_8));
        out.write((GOOD.replace("beats/min", "拍") + "\n").getBytes(Charset.forName("Windows-31J")));
        out.write((GOOD.replace("good", "c") + "\n").getBytes(UTF_8));

        Batches.Result result = Batches.read(new FhirFormat(), out.toByteArray());

        assertEquals(List.of(2), observations(result));
        assertEquals("JSON-3", result.report().issues().get(0).rule());
    }

    @Test
    void findingsNeverNameAValueOfTheFile() throws IOException {
        String secret = "HIMITSU";
        String lines = String.join(
                "\n",
                GOOD,
                "{\"resourceType\":\"" + secret + "\"}",
                GOOD.replace("final", secret),
                GOOD.replace("8867-4", secret).replace("\"value\":61", "\"value\":\"" + secret + "\""),
                "{\"" + secret + "\":",
                GOOD.replace("\"status\"", "\"" + secret + "\":1,\"status\""),
                GOOD.replace("\"status\"", "\"subject\":{\"reference\":\"Patient/" + secret + "\"},\"status\""));

        Batches.Result result = Batches.read(new FhirFormat(), lines.getBytes(UTF_8));

        assertEquals(6, result.report().issues().size());
        assertFalse(result.report().issues().toString().contains(secret));
    }

    @Test
    void manyFaultsAreCountedAndNotCollected() throws IOException {
        byte[] content = (GOOD + "\n" + "{}\n".repeat(5_000)).getBytes(UTF_8);

        Report report = Batches.read(new FhirFormat(), content).report();

        assertEquals(1001, report.issues().size());
        assertTrue(report.issues().get(1000).text().endsWith(" 4000"));
        assertEquals(5_000, report.documents().get(0).notMapped());
    }

    @Test
    void aMyNumberOutsideOfWhatIsMappedKeepsTheOriginalOut() throws IOException {
        String lines = GOOD + "\n{\"resourceType\":\"Patient\",\"identifier\":[{\"value\":\"123456789018\"}]}\n";

        Batches.Result result = Batches.read(new FhirFormat(), lines.getBytes(UTF_8));
        var validated = new Validator().validate(result.batches().get(0));

        assertEquals(List.of(), validated.originals());
        assertEquals(
                List.of("Observation", "Provenance"),
                Unpacked.of(result.batches().get(0), validated).stream()
                        .map(document -> document.facts().type())
                        .toList());
        assertTrue(
                result.report().issues().stream().anyMatch(issue -> issue.rule().equals("REQ-SEC-2")));
    }

    @Test
    void aFileWithNothingToMapIsKeptAsOriginalOnly() throws IOException {
        Batches.Result result =
                Batches.read(new FhirFormat(), "{\"resourceType\":\"Condition\",\"id\":\"x\"}".getBytes(UTF_8));

        assertEquals(
                DocumentReport.Result.ORIGINAL_ONLY,
                result.report().documents().get(0).result());
        var validated = new Validator().validate(result.batches().get(0));
        assertEquals(List.of(), validated.issues());
        assertEquals(1, validated.originals().size());
    }

    @Test
    void aLargeFileStreamsInSmallBatches(@TempDir Path folder) throws IOException {
        int lines = 200_000;
        Path file = folder.resolve("in.ndjson");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            Lifelogs.heartRateNdjson(MORNING, lines, out);
        }
        byte[] bytes = Files.readAllBytes(file);
        Content content = Content.of(file, bytes.length, Sha256.of(bytes));
        List<Integer> batches = new ArrayList<>();

        Report report = new Normalisation(List.of(new FhirFormat()))
                .normalise(
                        Batches.intake(content),
                        batch -> batches.add(batch.drafts().size()));

        int largest = batches.stream().mapToInt(Integer::intValue).max().orElseThrow();
        assertTrue(largest <= 502, "a batch holds " + largest);
        assertEquals(lines + 2, batches.stream().mapToInt(Integer::intValue).sum());
        assertEquals(lines, report.documents().get(0).mapped());
        assertEquals(List.<Issue>of(), report.issues());
    }

    private static List<Integer> observations(Batches.Result result) {
        return List.of((int) result.batches().stream()
                .flatMap(batch -> batch.drafts().stream())
                .filter(draft -> draft.resource().fhirType().equals("Observation"))
                .count());
    }
}
