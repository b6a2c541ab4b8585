package phr.fhir.normalise.clinical;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.Sha256;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Report;
import phr.fhir.normalise.clinical.survey.NamedTypes;

class HostileFhirTest {

    /** Why there is no value. */
    private static final String WHY =
            "{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/data-absent-reason\",\"valueCode\":\"unknown\"}]}";

    private static final String START = "{\"resourceType\":\"Bundle\",\"type\":\"document\",\"entry\":[{\"resource\":"
            + "{\"resourceType\":\"Condition\",\"code\":{\"text\":\"x\"}}}";

    static Stream<byte[]> brokenFiles() {
        return Stream.of(
                START.getBytes(UTF_8),
                (START + ",").getBytes(UTF_8),
                (START + "]").getBytes(UTF_8),
                (START + "]}}").getBytes(UTF_8),
                (START + ",{\"resource\":" + "[".repeat(100_000)).getBytes(UTF_8),
                (START + ",{\"resource\":$jlac10_cs}]}").getBytes(UTF_8),
                (START + ",{\"fullUrl\":\"日本\"}]}").getBytes(Charset.forName("Windows-31J")),
                (START + ",{\"x\":" + "9".repeat(100_000) + "}]}").getBytes(UTF_8));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("brokenFiles")
    void aFileThatIsNoJsonIsRefusedWholeWithAPlace(byte[] content) {
        FailureException refused = assertThrows(FailureException.class, () -> Taken.from(Batches.intake(content)));

        assertEquals(400, refused.failure().category().status());
        assertTrue(refused.failure().issues().get(0).expressions().get(0).startsWith("line "));
    }

    static Stream<String> oddEntries() {
        return Stream.of(
                "null",
                "[]",
                "17",
                "{}",
                "{\"resource\":null}",
                "{\"resource\":[]}",
                "{\"resource\":{\"resourceType\":17}}",
                "{\"resource\":{\"resourceType\":\"Condition\",\"subject\":[]}}",
                "{\"resource\":{\"resourceType\":\"Condition\",\"subject\":{\"reference\":{}}}}",
                "{\"resource\":{\"resourceType\":\"Condition\",\"identifier\":{\"system\":\"s\",\"value\":\"v\"}}}",
                "{\"resource\":{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"#me\"}}}",
                "{\"resource\":{\"resourceType\":\"Condition\",\"encounter\":{\"reference\":\"a b\"}}}",
                "{\"resource\":{\"resourceType\":\"Condition\",\"encounter\":{\"reference\":\"/\"}}}",
                "{\"resource\":{\"resourceType\":\"Encounter\",\"class\":17}}",
                "{\"resource\":{\"resourceType\":\"Observation\",\"code\":{\"coding\":[{\"system\":\"urn:oid:1.2.392.200119.6.1005\",\"code\":\"\"}]}}}",
                "{\"resource\":{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":"
                        + "\"http://jpfhir.jp/fhir/eCheckup/CodeSystem/observationGroup-codes\",\"code\":\"9A110\"}]}}}",
                "{\"resource\":{\"resourceType\":\"Immunization\",\"status\":\"completed\"}}",
                "{\"resource\":{\"resourceType\":\"Condition\",\"code\":{\"text\":\"x\"},\"onsetPeriod\":{\"_start\":"
                        + WHY + ",\"_end\":" + WHY + "},\"_recordedDate\":" + WHY + "}}",
                "{\"resource\":{\"resourceType\":\"Observation\",\"code\":{\"text\":\"x\"},\"_status\":" + WHY
                        + ",\"_effectiveDateTime\":" + WHY + ",\"valueQuantity\":{\"_value\":" + WHY + "}}}",
                "{\"resource\":{\"resourceType\":\"Condition\",\"text\":{\"status\":\"generated\",\"div\":\"<div><div>\"},"
                        + "\"code\":{\"text\":\"x\"}}}",
                "{\"resource\":{\"resourceType\":\"Patient\",\"name\":{\"text\":\"x\"},\"birthDate\":[]}}",
                "{\"resource\":{\"resourceType\":\"Composition\",\"category\":{\"coding\":17},\"section\":[null]}}",
                "{\"resource\":{\"resourceType\":\"Condition\"},\"request\":{\"method\":\"DELETE\"}}",
                "{\"fullUrl\":{},\"resource\":{\"resourceType\":\"DocumentReference\",\"status\":\"current\","
                        + "\"content\":[{\"attachment\":{\"url\":\"Binary/1\"}}]}}");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("oddEntries")
    void anOddEntryHoldsUpNobodyElse(String odd) throws IOException {
        Random random = new Random(odd.hashCode());
        List<ObjectNode> good = Bundles.resources(random, 3);
        String bundle = new String(Bundles.of("collection", "B-1", good, random), UTF_8);
        String with = bundle.substring(0, bundle.length() - 2) + "," + odd + "]}";

        Taken taken = Taken.from(Batches.intake(with.getBytes(UTF_8)));

        assertTrue(taken.report().documents().get(0).mapped() >= 3, taken.findings()::toString);
        assertEquals(5, taken.report().documents().get(0).read());
        taken.issues().forEach(issue -> assertFalse(issue.expressions().isEmpty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8, 9, 10, 11, 12})
    void whateverIsChangedNothingButALocatedFindingComes(int seed) throws IOException {
        Random random = new Random(seed);
        byte[] good = Bundles.of("document", "B-1", Bundles.resources(random, 6), random);
        for (int round = 0; round < 60; round++) {
            byte[] bytes = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                Taken taken = Taken.from(Batches.intake(bytes));
                taken.issues().forEach(issue -> assertFalse(issue.expressions().isEmpty(), "seed " + seed));
            } catch (FailureException refused) {
                assertFalse(refused.failure().issues().isEmpty(), "seed " + seed);
            }
        }
    }

    @Test
    void findingsNeverNameAValueOfTheFile() throws IOException {
        String secret = "HIMITSU";
        Random random = new Random(1);
        String bundle = new String(Bundles.of("collection", "B-1", Bundles.resources(random, 5), random), UTF_8);
        String told = bundle.replace("I10", secret)
                .replace("active", secret)
                .replace("completed", secret)
                .replace("final", secret)
                .replace("2025-01-02", secret)
                .replace("2024-11-20", secret);

        Taken taken = Taken.from(Batches.intake(told.getBytes(UTF_8)));

        assertFalse(taken.issues().isEmpty());
        assertFalse(taken.issues().toString().contains(secret));
    }

    @Test
    void aTypeThatIsNamedAtTheEdgeOfAReadIsSeen() throws IOException {
        for (int padding : List.of(65_300, 65_500, 65_520, 65_530, 65_535, 131_000)) {
            String file = "{\"resourceType\":\"Bundle\"," + " ".repeat(padding) + "\"type\":\"collection\",\"entry\":"
                    + "[{\"resource\":{\"resourceType\" : \"Immunization\"}}]}";
            assertFalse(NamedTypes.onlyObservations(Content.of(file.getBytes(UTF_8))), "padding " + padding);
            String observations = file.replace("Immunization", "Observation");
            assertTrue(NamedTypes.onlyObservations(Content.of(observations.getBytes(UTF_8))), "padding " + padding);
        }
    }

    @Test
    void aBundleInAnotherUnicodeIsNoReasonToFail() {
        byte[] wide = (START + "]}").getBytes(UTF_16LE);
        try {
            assertFalse(Taken.from(Batches.intake(wide)).report().documents().isEmpty());
        } catch (FailureException | IOException refused) {
            assertTrue(refused instanceof FailureException);
        }
    }

    @Test
    void aLargeFileStreamsInSmallBatches(@TempDir Path folder) throws IOException {
        int lines = 60_000;
        Path file = folder.resolve("in.ndjson");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write((Bundles.patient() + "\n").getBytes(UTF_8));
            for (int i = 0; i < lines; i++) {
                out.write(("{\"resourceType\":\"Condition\",\"id\":\"c-" + i
                                + "\",\"subject\":{\"reference\":\"Patient/p\"},\"code\":{\"text\":\"x\"}}\n")
                        .getBytes(UTF_8));
            }
        }
        byte[] bytes = Files.readAllBytes(file);
        Content content = Content.of(file, bytes.length, Sha256.of(bytes));
        AtomicInteger largest = new AtomicInteger();

        Report report = new Normalisation(List.of(new ClinicalFormat()))
                .normalise(
                        Batches.intake(content),
                        batch -> largest.accumulateAndGet(batch.drafts().size(), Math::max));

        assertTrue(largest.get() <= 502, "a batch holds " + largest);
        assertEquals(lines, report.documents().get(0).mapped());
        assertEquals(List.<Issue>of(), report.issues());
    }
}
