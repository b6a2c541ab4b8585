package phr.gateway.record.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import phr.gateway.record.choice.Claim.Weight;
import phr.gateway.record.choice.Contest.Span;

/** What is counted once, whoever has counted it (lifelog.md §4, several sources). */
class ChoosingTest {

    private static final long MINUTE = 60_000_000L;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final Contest STEPS = new Contest("steps", Span.SAMPLE);
    private static final Contest SLEEP = new Contest("sleep-duration", Span.NIGHT);
    private static final LifelogSource WATCH = new LifelogSource("urn:a", "Watch7,1", "watch");
    private static final LifelogSource PHONE = new LifelogSource("urn:a", "iPhone16,2", "phone");
    private static final LifelogSource APP = new LifelogSource("urn:b", "", "com.example.steps");
    private static final List<LifelogSource> ALL = List.of(WATCH, PHONE, APP);

    private record Value(LifelogSource source, long from, long to, BigDecimal value, boolean total) {

        static Value of(LifelogSource source, int minute, int minutes, String value) {
            return new Value(source, minute * MINUTE, (minute + minutes) * MINUTE, new BigDecimal(value), false);
        }

        Value asTotal() {
            return new Value(source, from, to, value, true);
        }
    }

    /** What counts of each source. */
    private static Map<LifelogSource, BigDecimal> chosen(Contest contest, Priority priority, List<Value> values) {
        Map<LifelogSource, BigDecimal> sums = new HashMap<>();
        List<Long> order = new ArrayList<>();
        Choosing<Value> choosing = new Choosing<>(() -> priority, (value, shares) -> {
            order.add(value.from());
            if (!shares.get(0).none()) {
                sums.merge(value.source(), shares.get(0).of(value.value()), BigDecimal::add);
            }
        });
        values.stream().sorted(Comparator.comparingLong(Value::from)).forEach(value -> {
            Weight weight = Claim.weigh(value.value(), value.total());
            choosing.add(value, value.from(), value.to(), List.of(new Claim(contest, value.source(), weight)));
        });
        choosing.finish();
        assertEquals(values.size(), order.size(), "each is decided");
        assertEquals(order.stream().sorted().toList(), order, "in order of time");
        return sums;
    }

    private static BigDecimal sum(Map<LifelogSource, BigDecimal> chosen) {
        return chosen.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal raw(List<Value> values) {
        return values.stream().map(Value::value).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Map<LifelogSource, BigDecimal> steps(Value... values) {
        return chosen(STEPS, Priority.DEFAULT, List.of(values));
    }

    private static void same(Map<LifelogSource, String> expected, Map<LifelogSource, BigDecimal> found) {
        Map<LifelogSource, String> text = new HashMap<>();
        found.forEach((source, sum) -> text.put(source, sum.toPlainString()));
        assertEquals(expected, text);
    }

    @Test
    void of_each_half_hour_the_watch_then_the_phone_then_the_application_is_believed() {
        same(
                Map.of(WATCH, "100", PHONE, "300", APP, "40"),
                steps(
                        Value.of(WATCH, 540, 10, "100"),
                        Value.of(PHONE, 545, 10, "80"),
                        Value.of(PHONE, 600, 10, "300"),
                        Value.of(APP, 605, 10, "250"),
                        Value.of(APP, 660, 10, "40")));
    }

    @Test
    void her_own_order_is_believed_and_new_sources_come_behind_it() {
        Priority own = new Priority(2, Map.of("steps", List.of(PHONE)));
        List<Value> values =
                List.of(Value.of(APP, 0, 10, "1"), Value.of(WATCH, 5, 10, "20"), Value.of(PHONE, 8, 10, "300"));
        same(Map.of(PHONE, "300"), chosen(STEPS, own, values));
        same(Map.of(WATCH, "20"), chosen(STEPS, own, values.subList(0, 2)));
        same(Map.of(WATCH, "20"), chosen(new Contest("distance", Span.SAMPLE), own, values));
    }

    @Test
    void what_spans_half_hours_counts_for_those_in_which_it_is_chosen() {
        same(Map.of(WATCH, "10", PHONE, "60"), steps(Value.of(PHONE, 0, 90, "90"), Value.of(WATCH, 30, 10, "10")));
        same(Map.of(WATCH, "90"), steps(Value.of(WATCH, 0, 90, "90"), Value.of(PHONE, 35, 10, "10")));
    }

    @Test
    void what_ends_on_the_half_hour_leaves_the_next_one_to_others() {
        Value written = new Value(WATCH, 0, 30 * MINUTE + 1_000_000, new BigDecimal("50"), false);
        same(Map.of(WATCH, "50", PHONE, "7"), steps(written, Value.of(PHONE, 35, 10, "7")));
        Value moment = new Value(WATCH, 30 * MINUTE - 1_000_000, 30 * MINUTE, new BigDecimal("5"), false);
        same(Map.of(WATCH, "5", PHONE, "7"), steps(moment, Value.of(PHONE, 35, 10, "7")));
    }

    @Test
    void a_watch_on_its_charger_does_not_contradict_the_phone_in_the_pocket() {
        same(Map.of(PHONE, "700"), steps(Value.of(WATCH, 0, 15, "0"), Value.of(PHONE, 5, 15, "700")));
        same(Map.of(WATCH, "9"), steps(Value.of(WATCH, 0, 10, "0"), Value.of(WATCH, 15, 10, "9")));
    }

    @Test
    void the_total_of_an_exercise_counts_only_where_nobody_has_samples() {
        Value exercise = Value.of(WATCH, 0, 20, "2000").asTotal();
        same(Map.of(WATCH, "1900"), steps(exercise, Value.of(WATCH, 3, 10, "1900")));
        same(Map.of(PHONE, "1800"), steps(exercise, Value.of(PHONE, 3, 10, "1800")));
        same(Map.of(WATCH, "2000"), steps(exercise));
    }

    @Test
    void a_night_is_believed_to_one_source_as_a_whole() {
        List<Value> nights = List.of(
                Value.of(PHONE, 0, 500, "480"),
                Value.of(WATCH, 30, 200, "180"),
                Value.of(WATCH, 240, 210, "190"),
                Value.of(APP, 900, 30, "25"),
                Value.of(PHONE, 1440, 400, "380"));
        same(Map.of(WATCH, "370", APP, "25", PHONE, "380"), chosen(SLEEP, Priority.DEFAULT, nights));
        Priority own = new Priority(3, Map.of("sleep-duration", List.of(PHONE, WATCH, APP)));
        same(Map.of(APP, "25", PHONE, "860"), chosen(SLEEP, own, nights));
    }

    @Test
    void what_lasts_longer_than_a_day_and_a_half_says_nothing_of_a_half_hour() {
        Value month = new Value(WATCH, 0, 31 * DAY, new BigDecimal("250000"), false);
        same(Map.of(WATCH, "250000", PHONE, "7"), steps(month, Value.of(PHONE, 5, 10, "7")));
    }

    private static Value value(Random dice) {
        long from = dice.nextInt(5 * 24 * 60) * MINUTE + dice.nextInt(60) * 1_000_000L;
        long length = (dice.nextInt(20) == 0 ? 20 * 60 : dice.nextInt(45) + 1) * MINUTE - dice.nextInt(1_000_000);
        BigDecimal number = BigDecimal.valueOf(dice.nextInt(40_000), dice.nextInt(4));
        return new Value(ALL.get(dice.nextInt(3)), from, from + length, number, false);
    }

    /** Never more than was measured, all of it when one has measured, and the same in whatever order it comes. */
    @Test
    void sums_follow_from_what_was_measured_and_her_order_alone() {
        for (long seed = 1; seed <= 60; seed++) {
            Random dice = new Random(seed);
            List<Value> values = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                values.add(value(dice));
            }
            List<LifelogSource> order = new ArrayList<>(ALL);
            Collections.shuffle(order, dice);
            Priority own = new Priority(2, Map.of("steps", order));
            Map<LifelogSource, BigDecimal> sums = chosen(STEPS, own, values);
            assertTrue(sum(sums).compareTo(raw(values)) < 0, "seed " + seed);
            List<Value> first = values.stream()
                    .filter(value -> value.source().equals(order.get(0)))
                    .toList();
            assertEquals(0, raw(first).compareTo(sums.get(order.get(0))), "all of the first, seed " + seed);
            assertEquals(0, raw(first).compareTo(sum(chosen(STEPS, own, first))), "one alone, seed " + seed);
            Collections.shuffle(values, dice);
            assertEquals(sums, chosen(STEPS, own, values), "in another order, seed " + seed);
        }
    }
}
