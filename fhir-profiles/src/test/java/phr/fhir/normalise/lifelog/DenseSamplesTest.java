package phr.fhir.normalise.lifelog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.Lifelogs;
import phr.fhir.fixtures.Series;
import phr.fhir.normalise.Batches;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Packer;
import phr.fhir.normalise.Report;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;
import phr.fhir.validate.Document;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;

/** What goes past the resource model is the same record, to the byte, as what goes through it. */
class DenseSamplesTest {

    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2026-03-01T07:00:00+09:00");
    private static final FhirFormat SEASONED = new FhirFormat();
    private static final String PERSON = Batches.PERSON.toString();

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 10), LongStream.of(20260401, 777));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void samplesAreTheSameRecordAsResources(long seed) throws IOException {
        Random random = new Random(seed);
        int oddity = new int[] {0, 2, 10, 40}[random.nextInt(4)];
        List<String> observations = new Series(seed, PERSON, oddity).observations(100);
        Intake intake = intake(file(observations, random), random.nextBoolean());

        Taken slow = take(intake, false);
        Taken fast = take(intake, true);

        same(slow, fast, oddity, "seed " + seed);
        same(slow, take(SEASONED, intake, true), oddity, "after other files, seed " + seed);
        same(slow, take(SEASONED, intake, true), oddity, "a second time, seed " + seed);
    }

    private static void same(Taken slow, Taken fast, int oddity, String message) {
        assertEquals(slow.report.issues().toString(), fast.report.issues().toString(), message);
        assertEquals(slow.report.documents(), fast.report.documents(), message);
        assertEquals(slow.issues.toString(), fast.issues.toString(), message);
        assertTrue(oddity > 2 || fast.samples.size() > fast.proposed, message);
        assertEquals(slow.record.keySet(), fast.record.keySet(), message);
        slow.record.forEach((id, versions) -> assertEquals(versions, fast.record.get(id), message));
    }

    private static byte[] file(List<String> observations, Random random) {
        switch (random.nextInt(4)) {
            case 0:
                return ("[" + String.join(random.nextBoolean() ? "," : ",\n ", readable(observations)) + "]\n")
                        .getBytes(UTF_8);
            case 1:
                List<String> entries = new ArrayList<>();
                for (String observation : readable(observations)) {
                    entries.add("{\"fullUrl\":\"urn:uuid:" + new UUID(random.nextLong(), random.nextLong())
                            + "\",\"resource\":"
                            + observation + ",\"request\":{\"method\":\""
                            + (random.nextInt(20) == 0 ? "DELETE" : "PUT") + "\",\"url\":\"Observation/"
                            + random.nextInt(1000) + "\"}}");
                }
                return ("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[" + String.join(",", entries)
                                + "]}")
                        .getBytes(UTF_8);
            default:
                return (random.nextInt(3) == 0 ? "\uFEFF" : "")
                        .concat(String.join(random.nextBoolean() ? "\n" : "\r\n", lines(observations, random)))
                        .getBytes(UTF_8);
        }
    }

    /** Without what makes a whole document unreadable. */
    private static List<String> readable(List<String> observations) {
        return observations.stream()
                .map(json -> json.replaceAll("\"value\"( ?:) ?(007|1\\.)([, }])", "\"value\"$1 7$3"))
                .toList();
    }

    private static List<String> lines(List<String> observations, Random random) {
        List<String> lines = new ArrayList<>();
        for (String observation : observations) {
            lines.add(observation);
            if (random.nextInt(30) == 0) {
                lines.add(observation.substring(0, random.nextInt(observation.length())));
            }
        }
        return lines;
    }

    @Test
    void theFirstOfASeriesIsLearntAndEveryOtherIsRecognised() throws IOException {
        Taken fast = take(intake(Lifelogs.heartRateNdjson(MORNING, 40_000), false), true);

        assertEquals(40_000, fast.samples.size());
        assertEquals(1, fast.proposed, "proposed to the validator one by one");
        assertEquals(1, shapes(fast).size());
        assertEquals(List.of(), fast.issues);
        assertTrue(fast.batches.stream().allMatch(batch -> batch <= 16_384), fast.batches.toString());
    }

    @Test
    void whatAFileHasTaughtTheNextOneOfTheSameSenderKnows() throws IOException {
        FhirFormat format = new FhirFormat();
        Intake own = intake(Lifelogs.heartRateNdjson(MORNING, 10), false);
        take(format, own, true);

        assertEquals(0, take(format, own, true).proposed);
        assertEquals(1, take(format, intake(Lifelogs.heartRateNdjson(MORNING, 10), true), true).proposed);
    }

    @Test
    void seriesThatTakeTurnsAreAllRecognised() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            lines.append(Lifelogs.heartRate("m-" + i, MORNING.plusMinutes(i), i)
                            .replace("\"status\"", "\"method\":{\"text\":\"" + i % 50 + "\"},\"status\""))
                    .append('\n');
        }

        Taken fast = take(intake(lines.toString().getBytes(UTF_8), false), true);

        assertEquals(3000, fast.samples.size());
        assertEquals(50, fast.proposed);
        assertEquals(50, shapes(fast).size());
    }

    @Test
    void aFileThatNeverRepeatsItselfStaysReadable() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            lines.append(Lifelogs.heartRate("n-" + i, MORNING.plusMinutes(i), i)
                            .replace("\"status\"", "\"note\":[{\"text\":\"" + i + "\"}],\"status\""))
                    .append('\n');
        }

        Intake intake = intake(lines.toString().getBytes(UTF_8), false);

        assertEquals(take(intake, false).record, take(intake, true).record);
    }

    @Test
    void oneBrokenLineDoesNotStopTheOthers() throws IOException {
        String text = new String(Lifelogs.heartRateNdjson(MORNING, 2000), UTF_8);
        String[] lines = text.split("\n");
        lines[777] = lines[777].substring(0, 300);
        lines[888] = lines[888].replace("\"hr-888\"", "\"hr-888\",\"id\":\"hr-888\"");
        lines[999] = lines[999].replace("\"final\"", "\"final\",\"subject\":{\"reference\":\"Patient/someone\"}");

        Taken fast = take(intake(String.join("\n", lines).getBytes(UTF_8), false), true);

        assertEquals(1997, fast.samples.size());
        assertEquals(
                List.of("[line 778]", "[line 889]", "[line 1000.subject]"),
                fast.report.issues().stream()
                        .map(issue -> issue.expressions().toString())
                        .toList());
    }

    @Test
    void aLineInAnotherCharsetIsNotTakenForAKnownOne() throws IOException {
        byte[] good = (Lifelogs.heartRate("a", MORNING, 61).replace("beats/min", "拍") + "\n")
                .repeat(2)
                .getBytes(UTF_8);
        byte[] bad =
                Lifelogs.heartRate("b", MORNING, 62).replace("beats/min", "拍").getBytes(Charset.forName("Windows-31J"));
        byte[] content = new byte[good.length + bad.length];
        System.arraycopy(good, 0, content, 0, good.length);
        System.arraycopy(bad, 0, content, good.length, bad.length);

        Taken fast = take(intake(content, false), true);

        assertEquals(2, fast.samples.size());
        assertEquals(
                List.of("JSON-3"),
                fast.report.issues().stream().map(Issue::rule).toList());
    }

    @Test
    void anOddUnitIsReportedForEachSampleWithItsPlace() throws IOException {
        String text = new String(Lifelogs.heartRateNdjson(MORNING, 5), UTF_8)
                .replace("\"code\":\"/min\"", "\"code\":\"bpm\"");

        Taken fast = take(intake(text.getBytes(UTF_8), false), true);

        assertEquals(5, fast.samples.size());
        assertEquals(
                List.of(
                        "[line 1.valueQuantity]",
                        "[line 2.valueQuantity]",
                        "[line 3.valueQuantity]",
                        "[line 4.valueQuantity]",
                        "[line 5.valueQuantity]"),
                fast.report.issues().stream()
                        .map(issue -> issue.expressions().toString())
                        .toList());
    }

    @Test
    void aMyNumberAmongTheNamesIsFoundAndKeepsTheOriginalOut() throws IOException {
        String text = new String(Lifelogs.heartRateNdjson(MORNING, 20), UTF_8).replace("\"hr-11\"", "\"123456789018\"");

        Taken fast = take(intake(text.getBytes(UTF_8), false), true);

        assertEquals(19, fast.samples.size());
        assertTrue(fast.issues.stream().anyMatch(issue -> issue.rule().equals("REQ-SEC-2")));
        assertEquals(0, fast.originals);
    }

    private static Set<Shape> shapes(Taken taken) {
        return taken.samples.stream().map(Sample::shape).collect(Collectors.toCollection(java.util.HashSet::new));
    }

    private static Intake intake(byte[] content, boolean organization) {
        Intake own = Batches.intake(Content.of(content));
        return !organization
                ? own
                : new Intake(
                        own.account(),
                        own.content(),
                        "Organization/7",
                        "vendor",
                        own.ownNamespace(),
                        own.received(),
                        false,
                        null);
    }

    /** Everything that one reading gave; documents of the same id in their order. */
    private static final class Taken {
        private final Map<String, List<String>> record = new TreeMap<>();
        private final List<Sample> samples = new ArrayList<>();
        private final List<Issue> issues = new ArrayList<>();
        private final List<Integer> batches = new ArrayList<>();
        private Report report = new Report("", List.of(), List.of(), List.of(), List.of(), Map.of());
        private int proposed;
        private int originals;

        void add(Validated validated) {
            issues.addAll(validated.issues());
            originals += validated.originals().size();
            validated.documents().forEach(this::keep);
            validated.samples().forEach(sample -> keep(Document.of(sample)));
            samples.addAll(validated.samples());
            batches.add(validated.samples().size());
        }

        private void keep(Document document) {
            Map<String, Object> tokens = new TreeMap<>(document.tokens());
            tokens.replaceAll((name, values) -> new java.util.TreeSet<>((Set<?>) values));
            record.computeIfAbsent(document.facts().reference(), id -> new ArrayList<>())
                    .add(new String(document.json(), UTF_8)
                            + new LinkedHashMap<>(tokens)
                            + document.source()
                            + document.profiles()
                            + document.facts().hashCode());
        }
    }

    private static Taken take(Intake intake, boolean fast) throws IOException {
        return take(new FhirFormat(), intake, fast);
    }

    private static Taken take(FhirFormat format, Intake intake, boolean fast) throws IOException {
        Validator validator = new Validator();
        Taken taken = new Taken();
        Packer packer = (from, reading, draft) -> {
            taken.proposed++;
            return validator.pack(from, reading, draft);
        };
        taken.report = new Normalisation(List.of(format))
                .normalise(intake, fast ? packer : Packer.NONE, batch -> taken.add(validator.validate(batch)));
        return taken;
    }
}
