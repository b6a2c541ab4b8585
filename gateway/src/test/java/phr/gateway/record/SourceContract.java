package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.CalendarUnit;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;
import phr.fhir.sample.Sample;
import phr.fhir.validate.Document;
import phr.fhir.validate.ValidatedBatches;
import phr.gateway.record.Query.Order;
import phr.gateway.record.Query.TokenFilter;
import phr.gateway.record.choice.LifelogSource;
import phr.gateway.record.choice.Priority;

/** What several sources have counted at once is one total, and all that each has counted stays there (lifelog.md §4). */
interface SourceContract extends StoreUnderTest {

    Instant NINE = Instant.parse("2026-05-10T00:00:00Z");
    LifelogSource WATCH = new LifelogSource(Dense.STORE, "Watch7,1", "my watch");
    LifelogSource PHONE = new LifelogSource(Dense.STORE, "Pixel 8", "com.example.phone");

    /** Steps of a watch and of a telephone, sent by two. */
    record Walker(PersonId person, Dense watch, Dense phone) {

        static Walker somebody() {
            PersonId person = phr.gateway.record.Sample.somebody();
            return new Walker(
                    person,
                    Dense.stepsOf(person, WATCH.device(), WATCH.app(), "watch-maker"),
                    Dense.stepsOf(person, PHONE.device(), PHONE.app(), "phone-maker"));
        }

        Sample watch(int minute, int minutes, int steps) {
            return of(watch, "w" + minute, minute, minutes, steps);
        }

        Sample phone(int minute, int minutes, int steps) {
            return of(phone, "p" + minute, minute, minutes, steps);
        }

        static Sample of(Dense dense, String key, int minute, int minutes, int steps) {
            Instant start = NINE.plus(minute, ChronoUnit.MINUTES);
            return dense.during(key, start, start.plus(minutes, ChronoUnit.MINUTES), Integer.toString(steps));
        }
    }

    private void store(PersonId person, List<Sample> samples) {
        store().save(
                        Permits.contribute(person),
                        ValidatedBatches.of(phr.gateway.record.Sample.intake(person), samples));
    }

    private static Query steps(DenseView view) {
        return new Query(
                Set.of("Observation"),
                Set.of(),
                Set.of(),
                List.of(new TokenFilter("code", List.of(Dense.STEPS))),
                List.of(),
                List.of(),
                List.of(),
                view,
                Order.OLDEST,
                0,
                null);
    }

    private static JsonNode json(Entry entry) {
        return StoredJson.parse(entry.json());
    }

    private List<Entry> totals(Permit permit, DenseView view) {
        return all(permit, steps(view)).stream()
                .filter(entry -> json(entry).has("valueQuantity"))
                .toList();
    }

    /** By day the total, which the data of the day add up to. */
    private Map<String, Integer> byDay(Permit permit, DenseView view) {
        Map<String, Integer> data = new TreeMap<>();
        for (Entry entry : all(permit, steps(view))) {
            JsonNode values = json(entry).at("/valueSampledData/data");
            String day = CalendarUnit.DAY
                    .around(Objects.requireNonNull(entry.time().from()))
                    .toString();
            for (String value : values.asText().split(" ")) {
                if (!value.isEmpty() && !value.equals("E")) {
                    data.merge(day, Integer.parseInt(value), Integer::sum);
                }
            }
        }
        Map<String, Integer> totals = new TreeMap<>();
        for (Entry entry : totals(permit, view)) {
            String day = CalendarUnit.DAY
                    .around(Objects.requireNonNull(entry.time().from()))
                    .toString();
            assertEquals(
                    null, totals.put(day, json(entry).at("/valueQuantity/value").intValue()), "one total a day");
        }
        assertEquals(totals, data, "the total is that of the data");
        return totals;
    }

    private int total(Permit permit) {
        return byDay(permit, DenseView.SAMPLED).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private void orders(PersonId person, int version, LifelogSource... sources) {
        Priority changed =
                store().reorder(Permits.self(person, Action.CORRECT, 0), version, Map.of("steps", List.of(sources)));
        assertEquals(version + 1, changed.version());
        assertEquals(changed, store().priority(Permits.own(person)));
    }

    @Test
    default void ofEachHalfHourOneSourceIsCountedAndAllSamplesStay() {
        Walker her = Walker.somebody();
        store(her.person(), List.of(her.watch(0, 10, 100), her.watch(40, 10, 200)));
        store(her.person(), List.of(her.phone(2, 10, 80), her.phone(60, 10, 300)));
        Permit own = Permits.own(her.person());
        assertEquals(600, total(own));
        JsonNode total = json(totals(own, DenseView.SAMPLED).get(0));
        assertEquals(3, total.at("/component/4/valueQuantity/value").asInt(), "samples that count");
        assertEquals(2, total.findValuesAsText("display").size(), "both were chosen");
        assertFalse(total.has("device"));
        assertEquals(4, all(own, steps(DenseView.EACH)).size());
        orders(her.person(), 1, PHONE, WATCH);
        assertEquals(580, total(own));
        for (Entry entry : all(own, steps(DenseView.HOURLY))) {
            assertArrayEquals(
                    entry.json(),
                    store().read(own, "Observation", entry.id()).orElseThrow().json());
        }
        store(her.person(), List.of(her.phone(45, 10, 1)));
        assertEquals(381, total(own), "late data change the day");
    }

    @Test
    default void whoMaySeeOneSourceGetsItsTotal() {
        Walker her = Walker.somebody();
        store(her.person(), List.of(her.watch(0, 10, 100), her.watch(40, 10, 200)));
        store(her.person(), List.of(her.phone(2, 10, 80), her.phone(60, 10, 300)));
        Permit phoneOnly = Permits.recipient(
                her.person(), Action.READ, new Predicate.In(Predicate.Scalar.SOURCE, Set.of("phone-maker")));
        assertEquals(380, total(phoneOnly));
        Entry seen = totals(phoneOnly, DenseView.SAMPLED).get(0);
        assertEquals("#device", json(seen).at("/device/reference").asText());
        assertFalse(new String(seen.json(), StandardCharsets.UTF_8).contains("my watch"));
        assertArrayEquals(
                seen.json(),
                store().read(phoneOnly, "Observation", seen.id()).orElseThrow().json());
        assertEquals(List.of(PHONE), sources(phoneOnly));
        assertEquals(List.of(PHONE, WATCH), sources(Permits.own(her.person())));
    }

    private List<LifelogSource> sources(Permit permit) {
        return store().sources(permit).stream()
                .map(Holding::source)
                .sorted(Priority.DEFAULT.of("steps").reversed())
                .toList();
    }

    @Test
    default void theListSaysWhatEachHolds() {
        Walker her = Walker.somebody();
        assertEquals(List.of(), store().sources(Permits.own(her.person())));
        store(her.person(), List.of(her.watch(0, 10, 100), her.watch(1440, 10, 200)));
        store().save(
                        Permits.contribute(her.person()),
                        ValidatedBatches.of(
                                phr.gateway.record.Sample.intake(her.person()),
                                List.of(Document.of(her.phone(30, 10, 7))),
                                List.of()));
        Map<LifelogSource, Holding> held = new HashMap<>();
        store().sources(Permits.own(her.person())).forEach(one -> held.put(one.source(), one));
        assertEquals(
                new Holding(
                        "steps",
                        WATCH,
                        2L,
                        NINE,
                        NINE.plus(1450, ChronoUnit.MINUTES).plusSeconds(1)),
                held.get(WATCH));
        assertEquals(
                new Holding(
                        "steps",
                        PHONE,
                        1L,
                        NINE.plus(30, ChronoUnit.MINUTES),
                        NINE.plus(40, ChronoUnit.MINUTES).plusSeconds(1)),
                held.get(PHONE));
    }

    @Test
    default void anOrderIsReplacedByWhoHasSeenItAndNobodyElse() {
        Walker her = Walker.somebody();
        assertEquals(Priority.DEFAULT, store().priority(Permits.own(her.person())));
        orders(her.person(), 1, PHONE, WATCH);
        FailureException stale = assertThrows(FailureException.class, () -> orders(her.person(), 1, WATCH, PHONE));
        assertEquals(Category.STALE, stale.failure().category());
        for (Permit other : List.of(
                Permits.own(her.person()),
                Permits.contribute(her.person()),
                Permits.recipient(her.person(), Action.CORRECT, Predicate.ALWAYS))) {
            FailureException refused = assertThrows(FailureException.class, () -> store().reorder(other, 2, Map.of()));
            assertEquals(Category.FORBIDDEN, refused.failure().category());
        }
        assertEquals(2, store().priority(Permits.own(her.person())).version());
        assertEquals(
                Priority.DEFAULT, store().priority(Permits.own(Walker.somebody().person())));
    }

    private static List<Sample> days(Walker her, Random dice, boolean phoneToo) {
        List<Sample> samples = new ArrayList<>();
        for (int minute = dice.nextInt(9); minute < 4 * 1440; minute += 1 + dice.nextInt(90)) {
            // none goes over midnight: those belong to the day on which they begin
            if (minute % 1440 < 800) {
                samples.add(her.watch(minute, 1 + dice.nextInt(40), dice.nextInt(900)));
            }
            if (phoneToo && minute % 1440 < 800) {
                samples.add(Walker.of(
                        her.phone(), "p" + minute, minute + dice.nextInt(20), 1 + dice.nextInt(40), dice.nextInt(900)));
            }
        }
        return samples;
    }

    private static int raw(List<Sample> samples) {
        return samples.stream()
                .mapToInt(sample -> (int) sample.numbers().get(0).unscaled())
                .sum();
    }

    private Walker imported(List<Integer> order, long seed, boolean phoneToo) {
        Walker her = Walker.somebody();
        List<Sample> samples = days(her, new Random(seed), phoneToo);
        List<Sample> mixed = new ArrayList<>();
        order.stream().filter(place -> place < samples.size()).forEach(place -> mixed.add(samples.get(place)));
        Random dice = new Random(seed + order.get(0));
        for (int from = 0; from < mixed.size(); from += 50) {
            store(her.person(), mixed.subList(from, Math.min(from + 50, mixed.size())));
            if (dice.nextInt(3) == 0) {
                settle(her.person());
            }
        }
        return her;
    }

    /** By day what is told of it, sample by sample or as a sum. */
    private BigDecimal added(Permit permit) {
        BigDecimal sum = BigDecimal.ZERO;
        try (Portions portions = store().aggregable(permit, null, steps(DenseView.EACH))) {
            while (portions.hasNext()) {
                sum = sum.add(portions.next().sums().get(0).sum());
            }
        }
        return sum;
    }

    @Test
    default void totalsFollowFromTheSamplesAndHerOrderWhateverCameFirst() {
        for (long seed = 7; seed <= 10; seed++) {
            boolean both = seed % 2 == 0;
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                order.add(i);
            }
            Map<String, Integer> first = null;
            for (int round = 0; round < 3; round++) {
                Walker her = imported(order, seed, both);
                Permit own = Permits.own(her.person());
                Map<String, Integer> found = byDay(own, DenseView.SAMPLED);
                first = first == null ? found : first;
                String name = "seed " + seed + ", round " + round;
                assertEquals(first, found, name);
                assertEquals(first, byDay(own, DenseView.HOURLY), name);
                int raw = raw(days(her, new Random(seed), both));
                int sum = found.values().stream().mapToInt(Integer::intValue).sum();
                assertTrue(both ? sum < raw : sum == raw, name + ": " + sum + " of " + raw);
                assertEquals(raw, added(own).intValueExact(), name);
                Collections.shuffle(order, new Random(seed + round));
            }
        }
    }
}
