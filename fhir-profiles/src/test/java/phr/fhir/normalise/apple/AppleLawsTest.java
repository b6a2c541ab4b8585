package phr.fhir.normalise.apple;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.fixtures.AppleExports;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.lifelog.DerivedKey;
import phr.fhir.sample.Moment;

/** What holds for every export; failures name their seed. */
class AppleLawsTest {

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 4), LongStream.of(20260301));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readTwiceItIsTheSameRecord(long seed) throws IOException {
        byte[] export = AppleExports.xml(seed, 3000);

        Taken once = Taken.of(export);

        assertEquals(once.record(), Taken.of(export).record(), "seed " + seed);
        assertTrue(once.samples().size() > 2500, "seed " + seed);
        assertEquals(0, once.row().notMapped() - twins(once), "seed " + seed);
    }

    private static long twins(Taken taken) {
        return taken.report().issues().stream()
                .filter(issue -> issue.rule().equals("APL-9"))
                .mapToLong(issue -> Long.parseLong(issue.text().replaceAll("\\D", "")))
                .sum();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theFastWayAndTheLongWayMakeTheSameRecord(long seed) throws IOException {
        Intake intake = Batches.intake(AppleExports.xml(seed, 1500));

        assertEquals(Taken.of(intake, false).record(), Taken.of(intake, true).record(), "seed " + seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aForeignApplicationIsASourceOfItsOwn(long seed) throws IOException {
        byte[] export = AppleExports.xml(seed, 800);
        Intake own = Batches.intake(export);
        Intake foreign = new Intake(
                own.account(),
                own.content(),
                "Organization/7",
                "vendor",
                own.ownNamespace(),
                own.received(),
                false,
                null);

        Map<String, String> theirs = Taken.of(foreign, true).record();

        assertEquals(Taken.of(foreign, false).record(), theirs, "seed " + seed);
        theirs.keySet().retainAll(Taken.of(own, true).record().keySet());
        assertEquals(Map.of(), theirs, "seed " + seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aLongerExportKeepsWhatAShorterOneHad(long seed) throws IOException {
        String export = new String(AppleExports.xml(seed, 2000), UTF_8);
        String[] lines = export.split("\n");
        int records = export.indexOf(" <Record");
        String shorter = export.substring(0, records)
                + String.join("\n", Arrays.copyOfRange(lines, 17, 17 + lines.length / 2))
                        .replaceFirst("(?s)^.*?(?= <Record)", "");
        String whole = shorter.substring(0, shorter.lastIndexOf("\n <Record")) + "\n</HealthData>";

        Map<String, String> before =
                new TreeMap<>(Taken.of(whole.getBytes(UTF_8)).record());
        Map<String, String> after = Taken.of(export.getBytes(UTF_8)).record();

        assertTrue(before.size() > 300, "seed " + seed);
        before.keySet().removeAll(after.keySet());
        assertEquals(Map.of(), before, "seed " + seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keysAreTheDerivedKeysOfEverySource(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            AppleDevice device = AppleDevice.of("花子の\u00a0Watch" + random.nextInt(3), "1", "name:A, hardware:Watch6,2");
            Moment start = moment(random);
            Moment end = moment(random);
            String value = String.valueOf(random.nextInt(10_000) / 100.0);
            byte[] text = value.getBytes(UTF_8);
            String expected = DerivedKey.of(
                    "HKQuantityTypeIdentifierStepCount",
                    device.source(),
                    device.model(),
                    Measurement.instant(start),
                    Measurement.instant(end),
                    java.util.List.of(value),
                    java.util.List.of("count"));

            byte[] key =
                    new Keys("HKQuantityTypeIdentifierStepCount", device, "count").of(start, end, text, 0, text.length);

            assertEquals(expected, Keys.text(key), "seed " + seed);
        }
    }

    private static Moment moment(Random random) {
        int minutes = 15 * (random.nextInt(100) - 48);
        String offset = String.format(
                java.util.Locale.ROOT,
                "%s%02d:%02d",
                minutes < 0 ? "-" : "+",
                Math.abs(minutes) / 60,
                Math.abs(minutes) % 60);
        Moment moment = Moment.parse("20%02d-0%d-1%dT0%d:10:05%s"
                .formatted(random.nextInt(30), 1 + random.nextInt(9), random.nextInt(10), random.nextInt(10), offset));
        return java.util.Objects.requireNonNull(moment);
    }

    @Test
    void theGeneratorMakesTheSameExportOfTheSameSeed() {
        assertEquals(new String(AppleExports.xml(5, 500), UTF_8), new String(AppleExports.xml(5, 500), UTF_8));
    }
}
