package phr.gateway.record.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;
import phr.fhir.sample.Decimal;
import phr.fhir.sample.Hole;
import phr.fhir.sample.Moment;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;

/** What is packed comes back as it was, whatever it was. Seeds are printed with a failure. */
class PackingLawsTest {

    private static final PersonId PERSON = new PersonId(UUID.fromString("7c1f3ad6-51f5-4a5e-9d46-0b3f0a6f0c11"));
    private static final String OWN = "https://phr-a.example/fhir";

    private static Shape shape(boolean period, boolean issued, int numbers) {
        List<Hole> holes = new ArrayList<>(List.of(Hole.IDENTIFIER, Hole.START));
        if (period) {
            holes.add(Hole.END);
        }
        if (issued) {
            holes.add(Hole.ISSUED);
        }
        IntStream.range(0, numbers).forEach(i -> holes.add(Hole.NUMBER));
        List<byte[]> pieces = IntStream.rangeClosed(0, holes.size())
                .mapToObj(i -> ("<" + i + ">").getBytes(StandardCharsets.UTF_8))
                .toList();
        Facts facts = new Facts(
                "Observation",
                Shape.NOBODY,
                null,
                "phr-citizen",
                null,
                Tokens.of(Set.of("lifelog-vitals")),
                Tokens.ABSENT,
                Tokens.ABSENT,
                Set.of(),
                Labels.NORMAL,
                DataTime.UNKNOWN);
        return new Shape(holes, pieces, facts, "urn:example:watch", "", null, List.of(), Map.of(), "urn:example:watch");
    }

    private static Moment moment(Random random, long micros) {
        String[] fractions = {"", ".5", ".123", ".000001"};
        String[] offsets = {"Z", "+09:00", "-03:30", "+00:00"};
        String text = java.time.Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000))
                .toString()
                .replace("Z", fractions[random.nextInt(4)] + offsets[random.nextInt(4)]);
        return Objects.requireNonNull(Moment.parse(text));
    }

    private static Decimal decimal(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Decimal(random.nextInt(200), 0);
            case 1 -> new Decimal(-random.nextInt(1_000), 1);
            case 2 -> new Decimal(random.nextLong() / 10, random.nextInt(19));
            default -> new Decimal(365, 1);
        };
    }

    private static List<Row> rows(Random random, Shape shape, int size) {
        SampleIds ids = new SampleIds(OWN, PERSON, shape);
        boolean regular = random.nextBoolean();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long seconds = regular ? 1_700_000_000L + 60L * i : random.nextInt() * 4L;
            Moment start = moment(random, seconds * 1_000_000);
            String key = random.nextInt(5) == 0 ? new UUID(random.nextLong(), i).toString() : "k-" + i;
            rows.add(new Row(
                    new Sample(
                            shape,
                            ids.of(key),
                            key,
                            start,
                            later(random, shape, Hole.END, seconds),
                            later(random, shape, Hole.ISSUED, seconds),
                            shape.holes().stream()
                                    .filter(hole -> hole == Hole.NUMBER)
                                    .map(hole -> decimal(random))
                                    .toList()),
                    1_700_000_000_000L + random.nextInt(3)));
        }
        rows.sort(Row.ORDER);
        return rows;
    }

    private static @Nullable Moment later(Random random, Shape shape, Hole hole, long seconds) {
        return shape.holes().contains(hole) ? moment(random, (seconds + random.nextInt(3_600)) * 1_000_000) : null;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void rowsComeBackAsTheyWere(long seed) {
        Random random = new Random(seed);
        for (int size : new int[] {1, 2, 3, 100, 4_096}) {
            Shape shape = shape(random.nextBoolean(), random.nextBoolean(), random.nextInt(3));
            List<Row> rows = rows(random, shape, size);
            Chunk chunk = Chunk.decode(shape, Chunk.encode(shape, rows));
            assertEquals(rows, chunk.rows(new SampleIds(OWN, PERSON, shape)), "seed " + seed + ", size " + size);
            for (int i = 0; i < size; i++) {
                assertEquals(rows.get(i).sample().from(), chunk.from(i));
                assertEquals(rows.get(i).sample().to(), chunk.to(i));
            }
        }
    }

    @Test
    void aHeartRateEachMinuteTakesLessThanTwoBytes() {
        Random random = new Random(1);
        Shape shape = shape(false, false, 1);
        SampleIds ids = new SampleIds(OWN, PERSON, shape);
        List<Row> rows = new ArrayList<>();
        int value = 70;
        for (int i = 0; i < 1_440; i++) {
            value += random.nextInt(7) - 3;
            Moment start = new Moment(
                    1_700_000_000_000_000L + 60_000_000L * i,
                    Objects.requireNonNull(Moment.parse("2026-01-01T00:00:00+09:00"))
                            .form());
            rows.add(new Row(
                    new Sample(shape, ids.of("hr-" + i), "hr-" + i, start, null, null, List.of(new Decimal(value, 0))),
                    0));
        }
        assertTrue(Chunk.encode(shape, rows).length < 2 * 1_440);
    }

    @Test
    void idsFollowFromKeysAsEverywhereElse() {
        Shape shape = shape(false, false, 1);
        SampleIds ids = new SampleIds(OWN, PERSON, shape);
        for (String key : List.of("", "a", "測定", "x".repeat(300))) {
            assertEquals(Ids.v5(Ids.namespace(OWN), PERSON + "|urn:example:watch|" + key), ids.of(key));
        }
    }

    @Test
    void columnsOfExtremesComeBack() {
        List<long[]> columns = List.of(
                new long[] {0},
                new long[] {5, 5, 5},
                new long[] {1_000_000_000_000_000_000L, -1_000_000_000_000_000_000L, 0, 1},
                LongStream.range(-50, 50).map(i -> i * i * i).toArray());
        for (long[] column : columns) {
            ByteWriter out = new ByteWriter();
            Steps.write(out, column);
            Runs.write(out, column);
            ByteReader in = new ByteReader(out.toBytes());
            assertArrayEquals(column, Steps.read(in, column.length));
            Runs runs = Runs.read(in, column.length);
            assertArrayEquals(
                    column,
                    IntStream.range(0, column.length).mapToLong(runs::at).toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void pagesOfIdsComeBackAndAreFound(long seed) {
        Random random = new Random(seed);
        IdEntries any = new IdEntries(0);
        for (int i = random.nextInt(1_000); i >= 0; i--) {
            long from = (random.nextInt() - 1_000_000_000L) * 4_000_000L;
            any.add(random.nextLong() >>> (seed % 2 == 0 ? 54 : 26), 1 + random.nextInt(40), Place.stretch(from));
        }
        List<String> entries = listed(any.sorted());
        assertEquals(
                listed(any).stream().sorted().toList(),
                entries.stream().sorted().toList());
        IdPage page = new IdPage(IdPage.encode(any.sorted()));
        IdEntries again = new IdEntries(page.size());
        for (int i = 0; i < page.size(); i++) {
            page.addTo(again, i);
            assertTrue(i == 0 || page.kept(i - 1) <= page.kept(i), "seed " + seed);
        }
        assertEquals(entries, listed(again), "seed " + seed);
        long wanted = any.id(random.nextInt(any.size()));
        for (long id : new long[] {wanted, wanted ^ 1, wanted ^ 1 << 8, 0, -1L >>> 26}) {
            List<String> found = new ArrayList<>();
            page.find(id, place -> found.add(id + " " + place));
            List<String> standing =
                    entries.stream().filter(entry -> entry.startsWith(id + " ")).toList();
            assertEquals(standing, found, "seed " + seed);
        }
        assertEquals(0, new IdPage(IdPage.encode(new IdEntries(0))).size());
    }

    private static List<String> listed(IdEntries entries) {
        return IntStream.range(0, entries.size())
                .mapToObj(i -> entries.id(i) + " " + entries.place(i))
                .toList();
    }

    @Test
    void everyIdStandsOnOnePageInOrder() {
        int pages = 37;
        int last = 0;
        for (long id = 0; id < 1L << 38; id += 9_999_991) {
            int page = IdPage.of(id, pages);
            assertTrue(page >= last && page < pages);
            last = page;
        }
        assertEquals(pages - 1, last);
    }

    @Test
    void aPlaceHoldsTheTimesBetweenItsEnds() {
        for (long from : new long[] {0, -1, 1_700_000_000_000_000L, -3_000_000_000_000_000L}) {
            Place place = Place.of(3, from);
            assertTrue(place.from() <= from && from <= place.last());
            assertTrue(place.contains(place.from()) && place.contains(place.last()));
            assertEquals(Place.of(3, place.last() + 1).from(), place.last() + 1);
        }
    }
}
