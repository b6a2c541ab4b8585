package phr.fhir.normalise.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.failure.FailureException;
import phr.fhir.fixtures.VendorFiles;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.vendor.table.VendorTables;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;

/** Rules and known defects of others (lifelog.md §4, §7), and tables that operators add. */
class VendorRulesTest {

    private static final String HEADER = "kind\tgroup\tcolumn\trole\tdetail\tunit\tmultiply\n";

    private static List<String> observations(byte[] file) throws IOException {
        return new GoldenVendorTest()
                .read(Path.of("any"), file, true)
                .files()
                .getOrDefault("expected.ndjson", List.of());
    }

    @Test
    void variabilityAsRmssdIsNeverTakenForSdnn() throws IOException {
        for (byte[] file : List.of(VendorFiles.ouraJson(), VendorFiles.samples())) {
            String all = String.join("\n", observations(file));
            assertTrue(all.contains("\"hrv-rmssd\""));
            assertFalse(all.contains("80404-7"));
            assertFalse(all.contains("SDNN"));
        }
    }

    @Test
    void theStepsOfTwoDevicesAreNeverAddedUp() throws IOException {
        List<String> steps = observations(VendorFiles.healthConnectZip());
        assertEquals(2, steps.size());
        assertTrue(steps.stream().noneMatch(step -> step.contains("\"value\":1270")));
    }

    @Test
    void aSleepEndsWhenThePersonGetsUpAndNotAfterItsLength() throws IOException {
        String sleep = observations(VendorFiles.ouraJson()).stream()
                .filter(line -> line.contains("93832-4"))
                .findFirst()
                .orElseThrow();
        assertTrue(sleep.contains("\"end\":\"2026-03-01T06:40:00+09:00\""), sleep);
    }

    @Test
    void diastolicPressureIsNoHeartRate() throws IOException {
        String pressure = observations(VendorFiles.bloodPressureCsv()).get(0);
        int diastolic = pressure.indexOf("8462-4");
        assertTrue(pressure.indexOf("\"value\":81") > diastolic && diastolic > pressure.indexOf("8480-6"));
    }

    @Test
    void twoValuesOfOneMomentAreBothKept() throws IOException {
        String file =
                "{\"id\":\"a\",\"type\":\"heart-rate\",\"start\":\"2026-03-01T07:00:00+09:00\",\"value\":61,\"unit\":\"bpm\"}\n"
                        + "{\"id\":\"b\",\"type\":\"heart-rate\",\"start\":\"2026-03-01T07:00:00+09:00\",\"value\":99,\"unit\":\"bpm\"}\n";
        assertEquals(2, observations(file.getBytes(UTF_8)).size());
    }

    @Test
    void aNewExportOfTheSameRowsGivesTheSameSamples() throws IOException {
        String first = "日付,時刻,最高血圧,最低血圧\n2026/03/01,7:00,128,81\n2026/03/02,7:00,126,79\n";
        String later = "日付,時刻,最高血圧,最低血圧\n2026/03/02,7:00,126,79\n2026/03/03,7:00,125,78\n2026/03/01,7:00,128,81\n";
        List<String> again = observations(later.getBytes(UTF_8));
        observations(first.getBytes(UTF_8)).forEach(resource -> assertTrue(again.contains(resource)));
        assertEquals(3, again.size());
    }

    @Test
    void aCsvOfANewVendorNeedsATableAndNothingElse(@TempDir Path directory) throws IOException {
        Files.writeString(
                directory.resolve("example-scale.tsv"),
                HEADER + "scale\t\t計測時刻\tstart\tuuuu/M/d H:m\n" + "scale\t\t重さ\tvalue\tweight\tkg\n"
                        + "scale\t\t種類\twhere\t!目標\n");
        VendorFormat format = new VendorFormat(VendorTables.bundled().with(directory));
        byte[] file = "計測時刻,種類,重さ\n2026/3/1 7:00,実測,62.5\n2026/3/1 7:00,目標,60.0\n".getBytes(UTF_8);

        assertTrue(format.recognises(file));
        Batches.Result result = Batches.read(format, file);
        assertEquals(1, result.report().documents().get(0).mapped());
        assertEquals("VND-10", result.report().issues().get(0).rule());
    }

    @Test
    void aWrongTableStopsTheStartAndSaysWhere(@TempDir Path directory) throws IOException {
        Files.writeString(
                directory.resolve("wrong.tsv"),
                HEADER + "a\t\tx\tstart\tuuuu/M/d bb\n" + "a\t\ty\tvalue\tno-such-metric\tkg\n"
                        + "a\t\tz\tno-such-role\n" + "a\t\tw\tvalue\tweight\tkg\tmany\n");
        Files.writeString(directory.resolve("Capital.tsv"), HEADER);
        FailureException refused = assertThrows(
                FailureException.class, () -> VendorTables.bundled().with(directory));
        String places = refused.failure().issues().stream()
                .map(issue -> issue.entry() + " " + issue.expressions())
                .collect(Collectors.joining(", "));
        assertEquals(
                "Capital.tsv [], wrong.tsv [line 2], wrong.tsv [line 3], wrong.tsv [line 4], wrong.tsv [line 5]",
                places);
    }

    @Test
    void aLongSeriesGoesPastTheResourceModelInBatches() throws IOException {
        StringBuilder file = new StringBuilder();
        file.append('[');
        for (int i = 0; i < 40_000; i++) {
            file.append(i == 0 ? "" : ",")
                    .append("{\"dateTime\":\"03/%02d/26 %02d:%02d:%02d\",\"value\":{\"bpm\":%d,\"confidence\":2}}"
                            .formatted(1 + i / 20_000, i / 3600 % 12, i / 60 % 60, i % 60, 60 + i % 50));
        }
        byte[] bytes = file.append(']').toString().getBytes(UTF_8);
        Validator validator = new Validator();
        List<Integer> samples = new ArrayList<>();
        List<Integer> drafts = new ArrayList<>();
        new Normalisation(Sources.all()).normalise(Batches.intake(Content.of(bytes)), validator::pack, batch -> {
            Validated validated = validator.validate(batch);
            samples.add(validated.samples().size());
            drafts.add(batch.drafts().size());
        });
        assertEquals(40_000, samples.stream().mapToInt(Integer::intValue).sum());
        assertTrue(samples.stream().allMatch(size -> size <= 16_384), samples.toString());
        assertTrue(drafts.stream().mapToInt(Integer::intValue).sum() < 10, drafts.toString());
    }
}
