package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.CalendarUnit;
import phr.consent.Capacity;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.fhir.PersonId;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Labels;
import phr.gateway.record.Query.Comparison;
import phr.gateway.record.Query.DateFilter;
import phr.gateway.record.Query.Order;
import phr.gateway.record.Query.TokenFilter;

/** Dense samples by day as SampledData, and daily summaries (lifelog.md §5): the other view of the same samples. */
interface SampledContract extends StoreUnderTest {

    Instant MIDNIGHT = Instant.parse("2026-04-01T15:00:00Z");

    private static Query query(DenseView view, Order order, int count, @Nullable Position after, DateFilter... dates) {
        return new Query(
                Set.of("Observation"),
                Set.of(),
                Set.of(),
                List.of(),
                List.of(dates),
                List.of(),
                List.of(),
                view,
                order,
                count,
                after);
    }

    private static Query sampled(DateFilter... dates) {
        return query(DenseView.SAMPLED, Order.OLDEST, 0, null, dates);
    }

    private static JsonNode json(Entry entry) {
        return StoredJson.parse(entry.json());
    }

    private static boolean data(Entry entry) {
        return json(entry).has("valueSampledData");
    }

    private void store(PersonId person, Dense dense, List<phr.fhir.sample.Sample> samples) {
        store().save(Permits.contribute(person), dense.batch(samples));
    }

    /** Some days of heart rates with holes, of several a minute; of steps; of a fever now and then. */
    private PersonId someDays(long seed, boolean settled) {
        Random dice = new Random(seed);
        PersonId person = Sample.somebody();
        Dense rates = Dense.heartRates(person);
        Dense steps = Dense.steps(person);
        for (int round = 0; round < 3; round++) {
            List<phr.fhir.sample.Sample> some = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int second = dice.nextInt(3) * 86_400 + dice.nextInt(5) * 9_000 + dice.nextInt(3_600);
                some.add(rates.at(
                        round + "hr" + i,
                        MIDNIGHT.plusSeconds(second),
                        60 + dice.nextInt(90) + "." + dice.nextInt(10)));
            }
            store(person, rates, some);
            some.clear();
            for (int i = 0; i < 60; i++) {
                Instant start = MIDNIGHT.plusSeconds(dice.nextInt(3 * 86_400));
                some.add(steps.during(
                        round + "st" + i, start, start.plusSeconds(60 + dice.nextInt(600)), "" + dice.nextInt(99)));
            }
            store(person, steps, some);
            if (settled) {
                settle(person);
            }
        }
        return person;
    }

    /** By code and minute the value that stands for it. */
    private Map<String, String> fromSamples(Permit permit) {
        Map<String, List<BigDecimal>> slots = new TreeMap<>();
        for (Entry entry : all(permit, query(DenseView.EACH, Order.OLDEST, 0, null))) {
            long minute = Objects.requireNonNull(entry.time().from()).getEpochSecond() / 60;
            slots.computeIfAbsent(
                            json(entry).at("/code/coding/0/code").asText() + " " + minute, key -> new ArrayList<>())
                    .add(json(entry).at("/valueQuantity/value").decimalValue());
        }
        Map<String, String> values = new TreeMap<>();
        slots.forEach((slot, of) -> {
            BigDecimal sum = of.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal value =
                    slot.startsWith("8867-4") ? sum.divide(BigDecimal.valueOf(of.size()), MathContext.DECIMAL32) : sum;
            values.put(slot, value.stripTrailingZeros().toPlainString());
        });
        return values;
    }

    private Map<String, String> fromData(List<Entry> entries) {
        Map<String, String> values = new TreeMap<>();
        for (Entry entry : entries) {
            JsonNode json = json(entry);
            if (!data(entry)) {
                continue;
            }
            JsonNode of = json.get("valueSampledData");
            assertEquals(0, of.at("/origin/value").intValue());
            assertEquals(60_000, of.get("period").intValue());
            assertEquals(1, of.get("dimensions").intValue());
            String[] points = of.get("data").asText().split(" ");
            Instant start = OffsetDateTime.parse(
                            json.at("/effectivePeriod/start").asText())
                    .toInstant();
            Instant end = OffsetDateTime.parse(json.at("/effectivePeriod/end").asText())
                    .toInstant();
            assertEquals(60L * points.length, end.getEpochSecond() - start.getEpochSecond());
            assertEquals(DataTime.between(start, end), entry.time());
            long gaps = List.of(points).stream().filter("E"::equals).count();
            assertTrue(gaps * 2 <= points.length, "at most half is gaps");
            assertNotEquals("E", points[0]);
            assertNotEquals("E", points[points.length - 1]);
            String code = json.at("/code/coding/0/code").asText();
            assertEquals(
                    code.equals("8867-4") ? "/min" : "{steps}",
                    of.at("/origin/code").asText());
            assertEquals(
                    code.equals("8867-4") ? "mean" : "sum",
                    json.at("/extension/0/valueCode").asText());
            for (int i = 0; i < points.length; i++) {
                if (!points[i].equals("E")) {
                    values.put(code + " " + (start.getEpochSecond() / 60 + i), points[i]);
                }
            }
        }
        return values;
    }

    @Test
    default void theSameSamplesAreRecoveredFromBothViewsToTheMinute() {
        for (long seed = 81; seed <= 84; seed++) {
            PersonId person = someDays(seed, seed % 2 == 0);
            Permit own = Permits.own(person);
            Map<String, String> expected = fromSamples(own);
            List<Entry> entries = all(own, sampled());
            assertEquals(expected, fromData(entries), "seed " + seed);
            assertEquals(entries.size(), store().count(own, sampled()));
            assertEquals(
                    expected.keySet().stream()
                            .filter(slot -> slot.startsWith("8867-4"))
                            .count(),
                    fromData(all(
                                    own,
                                    new Query(
                                            Set.of("Observation"),
                                            Set.of(),
                                            Set.of(),
                                            List.of(new TokenFilter("code", List.of(Dense.HEART_RATE))),
                                            List.of(),
                                            List.of(),
                                            List.of(),
                                            DenseView.SAMPLED,
                                            Order.NEWEST,
                                            0,
                                            null)))
                            .size());
        }
    }

    @Test
    default void aSummarySaysCountLeastGreatestMeanAndOfCountsTheSum() {
        PersonId person = Sample.somebody();
        Dense steps = Dense.steps(person);
        store(
                person,
                steps,
                List.of(
                        steps.during("a", MIDNIGHT, MIDNIGHT.plusSeconds(60), "10"),
                        steps.during("b", MIDNIGHT.plusSeconds(60), MIDNIGHT.plusSeconds(120), "20"),
                        steps.during("c", MIDNIGHT.plusSeconds(86_340), MIDNIGHT.plusSeconds(86_500), "60")));
        JsonNode summary = all(Permits.own(person), sampled()).stream()
                .filter(entry -> !data(entry))
                .map(SampledContract::json)
                .findFirst()
                .orElseThrow();
        assertEquals("41950-7", summary.at("/code/coding/0/code").asText());
        assertEquals("55423-8", summary.at("/code/coding/1/code").asText());
        assertEquals("2026-04-02", summary.at("/effectivePeriod/start").asText());
        assertEquals("2026-04-02", summary.at("/effectivePeriod/end").asText());
        assertEquals(
                "90 {steps}/d",
                summary.at("/valueQuantity/value").asText() + " "
                        + summary.at("/valueQuantity/code").asText());
        Map<String, String> components = new TreeMap<>();
        summary.get("component")
                .forEach(one -> components.put(
                        one.at("/code/coding/0/code").asText(),
                        one.at("/valueQuantity/value").asText()));
        assertEquals(Map.of("average", "30", "count", "3", "maximum", "60", "minimum", "10", "sum", "90"), components);
    }

    @Test
    default void everyOneIsReadAgainByItsIdAndIsNothingToAnother() {
        PersonId person = someDays(85, true);
        PersonId other = someDays(85, true);
        List<Entry> entries = all(Permits.own(person), sampled());
        for (Entry entry : entries) {
            assertEquals(8, entry.id().version());
            Entry again =
                    store().read(Permits.own(person), "Observation", entry.id()).orElseThrow();
            assertArrayEquals(entry.json(), again.json());
            assertEquals(entry.version(), again.version());
            assertTrue(store().version(Permits.own(person), "Observation", entry.id(), entry.version())
                    .isPresent());
            assertTrue(store().version(Permits.own(person), "Observation", entry.id(), entry.version() + 1)
                    .isEmpty());
            assertEquals(
                    List.of(entry.id()),
                    all(Permits.own(person), Query.of(Set.of("Observation/" + entry.id()))).stream()
                            .map(Entry::id)
                            .toList());
            assertTrue(
                    store().read(Permits.own(other), "Observation", entry.id()).isEmpty());
            assertEquals(Optional.of(person), owners().ofSample(entry.id(), Set.of(other, person), null));
            assertEquals(Optional.empty(), owners().ofSample(entry.id(), Set.of(other), null));
            assertFalse(store().delete(Permits.self(person, Action.CORRECT, 0), "Observation", entry.id()));
        }
        assertEquals(
                entries.size(),
                Set.copyOf(entries.stream().map(Entry::id).toList()).size());
        UUID nobody = new UUID(0x12345678_9abc_8defL, 0x82345678_9abcdef0L);
        assertTrue(store().read(Permits.own(person), "Observation", nobody).isEmpty());
    }

    @Test
    default void byTheHourTheSameSamplesAreRecoveredAndNothingGoesBeyondAnHour() {
        PersonId person = someDays(86, true);
        Permit own = Permits.own(person);
        List<Entry> hours = all(own, query(DenseView.HOURLY, Order.OLDEST, 0, null));
        assertEquals(fromSamples(own), fromData(hours));
        assertEquals(hours.size(), store().count(own, query(DenseView.HOURLY, Order.OLDEST, 0, null)));
        Set<UUID> days = all(own, sampled()).stream()
                .filter(SampledContract::data)
                .map(Entry::id)
                .collect(Collectors.toSet());
        for (Entry hour : hours) {
            JsonNode period = json(hour).path("effectivePeriod");
            if (data(hour)) {
                assertFalse(days.contains(hour.id()), "an hour is no day");
                Instant start =
                        OffsetDateTime.parse(period.path("start").asText()).toInstant();
                Instant end = OffsetDateTime.parse(period.path("end").asText()).toInstant();
                assertFalse(end.isAfter(start.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS)));
            }
            assertArrayEquals(
                    hour.json(),
                    store().read(own, "Observation", hour.id()).orElseThrow().json());
        }
    }

    @Test
    default void lateSamplesGoInAndTheOldIdIsStillRead() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        store(person, dense, List.of(dense.at("b", MIDNIGHT.plusSeconds(120), "70")));
        Entry before = all(Permits.own(person), sampled()).stream()
                .filter(SampledContract::data)
                .findFirst()
                .orElseThrow();
        store(person, dense, List.of(dense.at("a", MIDNIGHT.plusSeconds(60), "80")));
        Entry after =
                store().read(Permits.own(person), "Observation", before.id()).orElseThrow();
        assertEquals("80 70", json(after).at("/valueSampledData/data").asText());
        assertNotEquals(before.version(), after.version());
    }

    @Test
    default void pagesJoinInEveryOrder() {
        PersonId person = someDays(86, true);
        Dense several = Dense.of(person, "http://loinc.org|9279-1", "phr-citizen", Labels.NORMAL);
        store(person, several, List.of(several.at("x", MIDNIGHT.plusSeconds(4), "15")));
        save(person, Sample.of(person, "Observation", "document"));
        Permit own = Permits.own(person);
        for (Order order : Order.values()) {
            List<UUID> whole = all(own, query(DenseView.SAMPLED, order, 0, null)).stream()
                    .map(Entry::id)
                    .toList();
            for (int size : new int[] {1, 3, whole.size()}) {
                List<UUID> paged = new ArrayList<>();
                @Nullable Position after = null;
                do {
                    try (Results results = store().search(own, query(DenseView.SAMPLED, order, size, after))) {
                        results.forEachRemaining(entry -> paged.add(entry.id()));
                        after = results.continuation().orElse(null);
                    }
                } while (after != null);
                assertEquals(whole, paged, order + " in pages of " + size);
            }
        }
    }

    @Test
    default void onlyPermittedSamplesGoInAndTheIdOpensNoMore() {
        PersonId person = someDays(87, true);
        Instant noon = MIDNIGHT.plusSeconds(12 * 3_600);
        Permit morning = Permits.recipient(person, Action.READ, new Predicate.TimeWithin(null, noon));
        List<Entry> permitted = all(morning, sampled());
        assertEquals(fromSamples(morning), fromData(permitted));
        assertFalse(permitted.isEmpty());
        for (Entry entry : permitted) {
            assertArrayEquals(
                    entry.json(),
                    store().read(morning, "Observation", entry.id())
                            .orElseThrow()
                            .json());
        }
        for (Entry entry : all(Permits.own(person), sampled())) {
            Optional<Entry> seen = store().read(morning, "Observation", entry.id());
            boolean later = !Objects.requireNonNull(entry.time().from()).isBefore(noon);
            assertFalse(later && seen.isPresent());
            assertFalse(json(entry).at("/meta").has("tag"));
        }
        UUID one = all(Permits.own(person), query(DenseView.EACH, Order.OLDEST, 0, null))
                .get(0)
                .id();
        Permit without = Permits.recipient(
                person,
                Action.READ,
                new Predicate.Not(new Predicate.In(Predicate.Scalar.REFERENCE, Set.of("Observation/" + one))));
        assertEquals(fromSamples(without), fromData(all(without, sampled())));
    }

    @Test
    default void aSearchByTimeFindsSamplesOfAnyLengthAndSaysThatThereAreMore() {
        PersonId person = someDays(88, true);
        Instant from = MIDNIGHT.plusSeconds(9_000);
        DateFilter hour = new DateFilter(Comparison.EQ, DataTime.between(from, from.plusSeconds(3_600)));
        List<Entry> found = all(Permits.own(person), sampled(hour));
        assertFalse(found.isEmpty());
        Map<String, String> whole = fromSamples(Permits.own(person));
        fromData(found).forEach((slot, value) -> assertTrue(whole.containsKey(slot)));
        found.forEach(entry ->
                assertEquals("SUBSETTED", json(entry).at("/meta/tag/0/code").asText()));
        DateFilter day = new DateFilter(Comparison.EQ, CalendarUnit.DAY.around(MIDNIGHT));
        all(Permits.own(person), sampled(day))
                .forEach(entry -> assertFalse(json(entry).at("/meta").has("tag")));
    }

    @Test
    default void whatIsTakenOutOfSamplesIsTakenOutOfThese() {
        PersonId person = someDays(89, false);
        for (String path : List.of("Observation.valueQuantity", "Observation.value[x]")) {
            Permit redacted = Permits.of(
                    Permits.request(person, Action.READ, Capacity.RECIPIENT, "sakura-clinic", "TREAT"),
                    0,
                    Permits.FOREVER,
                    List.of(new Grant(Predicate.ALWAYS, Set.of(Obligation.redact(Set.of(path))))));
            List<Entry> entries = all(redacted, sampled());
            assertFalse(entries.isEmpty());
            for (Entry entry : entries) {
                String shown = new String(new Rendering().render(entry).orElseThrow(), StandardCharsets.UTF_8);
                assertFalse(shown.contains("valueSampledData") || shown.contains("valueQuantity"));
            }
        }
    }

    @Test
    default void aCorrectedSampleIsServedAlone() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        store(person, dense, List.of(dense.minute(0), dense.minute(1), dense.minute(2)));
        settle(person);
        store(
                person,
                dense,
                List.of(dense.at(
                        "hr-1",
                        Objects.requireNonNull(
                                dense.shape().facts(dense.minute(1)).time().from()),
                        "99")));
        List<Entry> entries = all(Permits.own(person), sampled());
        assertEquals(3, entries.size(), "data, summary, and the corrected one");
        assertTrue(entries.stream().anyMatch(entry -> entry.id().equals(dense.id("hr-1"))));
        assertTrue(entries.stream()
                .anyMatch(entry ->
                        json(entry).at("/valueSampledData/data").asText().equals("60 E 62")));
    }
}
