package phr.fhir.normalise.apple;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.fixtures.AppleExports;
import phr.fhir.sample.Sample;

/** Each defect that public readers of such exports were found to have (lifelog.md §2.2, §7) is looked for in ours. */
class AppleDefectsTest {

    @Test
    void theDocumentTypeOfVersion12IsMalformedAndDoesNoHarm() throws IOException {
        Taken taken = Taken.elements(steps("10:00:00", "10:05:00", "watch", 40));

        assertTrue(AppleExports.beginning().contains("CDATA #REQUIRED\n<!ELEMENT"));
        assertEquals(1, taken.samples().size());
    }

    @Test
    void onePhoneIsOneDeviceWhateverItsAddress() throws IOException {
        Taken taken = Taken.elements(String.join(
                "",
                IntStream.range(0, 40)
                        .mapToObj(i -> steps("10:%02d:00".formatted(i), "10:%02d:30".formatted(i), "phone", 9)
                                .replace("0x281", "0x28" + i))
                        .toList()));

        assertEquals(40, taken.samples().size());
        assertEquals(1, taken.samples().stream().map(Sample::shape).distinct().count());
        assertTrue(taken.lines().stream().noneMatch(line -> line.contains("0x28")));
    }

    @Test
    void anotherAddressIsNoOtherSample() throws IOException {
        String one = steps("10:00:00", "10:05:00", "phone", 40);

        assertEquals(
                Taken.elements(one).record().keySet(),
                Taken.elements(one.replace("0x281", "0x7ff0a")).record().keySet());
    }

    @Test
    void stepsOfSeveralSourcesAreNeverAddedUp() throws IOException {
        Taken taken = Taken.elements(steps("10:00:00", "10:05:00", "watch", 500)
                + steps("10:00:00", "10:05:00", "phone", 480)
                + steps("11:00:00", "11:05:00", "phone", 100)
                + steps("11:00:00", "11:05:00", "app", 990));

        assertEquals(4, taken.samples().size());
        assertEquals(List.of("600"), daily(taken));
    }

    @Test
    void stepsOverMidnightBelongToBothDays() throws IOException {
        Taken taken = Taken.elements(record(
                "HKQuantityTypeIdentifierStepCount",
                "2026-03-01 23:50:00 +0900",
                "2026-03-02 00:10:00 +0900",
                "watch",
                "count",
                "200"));

        assertEquals(List.of("100", "100"), daily(taken));
    }

    private static List<String> daily(Taken taken) {
        return taken.record().values().stream()
                .filter(line -> line.contains("41950-7"))
                .map(line -> line.replaceFirst("^.*\"valueQuantity\":\\{\"value\":(\\d+).*$", "$1"))
                .toList();
    }

    @Test
    void aNightOfTwoSourcesIsNotTwoNights() throws IOException {
        Taken taken = Taken.elements(sleep("watch", "AsleepCore", "01 23:00:00", "02 06:00:00")
                + sleep("app", "AsleepUnspecified", "01 22:50:00", "02 06:20:00")
                + sleep("phone", "InBed", "01 22:40:00", "02 06:30:00"));

        assertEquals(List.of("420"), nights(taken));
    }

    @Test
    void aNightThatTheWatchMissedIsTheTelephones() throws IOException {
        Taken taken = Taken.elements(sleep("watch", "AsleepCore", "01 23:00:00", "02 06:00:00")
                + sleep("phone", "AsleepUnspecified", "02 23:00:00", "03 05:00:00"));

        assertEquals(List.of("360", "420"), nights(taken).stream().sorted().toList());
    }

    @Test
    void theFinerStageWinsAndAwakeIsNotAsleep() throws IOException {
        Taken taken = Taken.elements(sleep("watch", "AsleepUnspecified", "01 23:00:00", "02 05:00:00")
                + sleep("watch", "AsleepDeep", "01 23:30:00", "02 00:30:00")
                + sleep("watch", "Awake", "02 02:00:00", "02 02:15:00"));

        assertEquals(List.of("345"), nights(taken));
        String night = episodes(taken).get(0);
        assertTrue(night.matches("(?s).*deepSleepDuration.{0,200}\"value\":60,.*"), "deep sleep");
        assertTrue(night.matches("(?s).*wakeAfterSleepOnset.{0,120}\"value\":15,.*"), "awake");
        assertTrue(night.matches("(?s).*numberOfAwakenings.{0,60}valueInteger\":1.*"), "awakenings");
    }

    @Test
    void aNightBelongsToTheDayOfWakingUp() throws IOException {
        String night = episodes(Taken.elements(sleep("watch", "AsleepCore", "01 23:00:00", "02 06:00:00")))
                .get(0);

        assertTrue(night.contains("apple-sleep-2026-03-02"));
    }

    private static List<String> episodes(Taken taken) {
        return taken.record().values().stream()
                .filter(line -> line.contains("93832-4"))
                .toList();
    }

    private static List<String> nights(Taken taken) {
        return episodes(taken).stream()
                .map(line -> line.replaceFirst("^.*?\"valueQuantity\":\\{\"value\":([0-9.]+).*$", "$1"))
                .toList();
    }

    @Test
    void heartRateVariabilityIsSdnn() throws IOException {
        Taken taken = Taken.elements(record(
                "HKQuantityTypeIdentifierHeartRateVariabilitySDNN",
                "2026-03-01 03:00:00 +0900",
                "2026-03-01 03:01:00 +0900",
                "watch",
                "ms",
                "48.2"));

        String line = taken.record().values().iterator().next();
        assertTrue(line.contains("80404-7") && line.contains("heartRateVariabilitySDNN"));
        assertFalse(line.contains("hrv-rmssd"));
    }

    @Test
    void saturationIsAFractionInTheFileOnly() throws IOException {
        Taken taken = Taken.elements(record(
                                "HKQuantityTypeIdentifierOxygenSaturation",
                                "2026-03-01 03:00:00 +0900",
                                "2026-03-01 03:00:00 +0900",
                                "watch",
                                "%",
                                "0.96")
                        .repeat(1)
                + record(
                        "HKQuantityTypeIdentifierOxygenSaturation",
                        "2026-03-01 03:10:00 +0900",
                        "2026-03-01 03:10:00 +0900",
                        "watch",
                        "%",
                        "0.9"));

        assertEquals(
                List.of("90", "96"),
                taken.samples().stream()
                        .map(sample -> sample.numbers().get(0).toString())
                        .sorted()
                        .toList());
    }

    @Test
    void anotherValueAtTheSameTimeIsAnotherSample() throws IOException {
        Taken taken =
                Taken.elements(steps("10:00:00", "10:05:00", "watch", 40) + steps("10:00:00", "10:05:00", "watch", 41));

        assertEquals(2, taken.samples().stream().map(Sample::id).distinct().count());
    }

    @Test
    void theSameRecordTwiceIsOneSample() throws IOException {
        Taken taken = Taken.elements(steps("10:00:00", "10:05:00", "watch", 40).repeat(3));

        assertEquals(1, taken.samples().stream().map(Sample::id).distinct().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-08 01:30:00 -0800", "2026-03-08 03:30:00 -0700", "2026-11-01 01:30:00 -0700"})
    void theOffsetOfTheSourceIsKept(String time) throws IOException {
        Taken taken =
                Taken.elements(record("HKQuantityTypeIdentifierHeartRate", time, time, "watch", "count/min", "61"));

        String offset = time.substring(20, 23) + ":" + time.substring(23);
        assertTrue(taken.lines().stream()
                .anyMatch(line -> line.contains("\"effectiveDateTime\":\"" + time.substring(0, 10) + "T"
                        + time.substring(11, 19) + offset + "\"")));
    }

    @Test
    void unknownTypesAreReportedOnceAndCounted() throws IOException {
        Taken taken = Taken.elements(record(
                        "HKQuantityTypeIdentifierTomorrow",
                        "2026-03-01 03:00:00 +0900",
                        "2026-03-01 03:00:00 +0900",
                        "watch",
                        "count",
                        "1")
                .repeat(5000));

        assertEquals(List.of("APL-1", "APL-12"), taken.rules().stream().sorted().toList());
        assertEquals(5000, taken.row().read());
        assertEquals(5000, taken.row().notMapped());
    }

    @Test
    void clinicalDocumentsWaitForThePerson() throws IOException {
        Taken taken = Taken.of("""
                <HealthData><ClinicalRecord type="Condition" identifier="1" sourceName="a"/></HealthData>""".getBytes(UTF_8));

        assertEquals(List.of("APL-11"), taken.rules());
        assertTrue(taken.record().isEmpty());
    }

    static String steps(String from, String to, String by, int count) {
        return record(
                "HKQuantityTypeIdentifierStepCount",
                "2026-03-01 " + from + " +0900",
                "2026-03-01 " + to + " +0900",
                by,
                "count",
                String.valueOf(count));
    }

    private static String sleep(String by, String stage, String from, String to) {
        return record(
                "HKCategoryTypeIdentifierSleepAnalysis",
                "2026-03-" + from + " +0900",
                "2026-03-" + to + " +0900",
                by,
                "",
                "HKCategoryValueSleepAnalysis" + stage);
    }

    static String record(String type, String from, String to, String by, String unit, String value) {
        String device =
                switch (by) {
                    case "watch" -> "&lt;&lt;HKDevice: 0x281&gt;, name:Apple Watch, model:Watch, hardware:Watch6,2&gt;";
                    case "phone" -> "&lt;&lt;HKDevice: 0x281&gt;, name:iPhone, model:iPhone, hardware:iPhone14,5&gt;";
                    default -> "";
                };
        return "<Record type=\"%s\" sourceName=\"%s\" device=\"%s\" unit=\"%s\" startDate=\"%s\" endDate=\"%s\" value=\"%s\"/>\n"
                .formatted(type, by, device, unit, from, to, value);
    }
}
