package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.CalendarUnit;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.fhir.PersonId;
import phr.fhir.facts.DataTime;
import phr.fhir.validate.Document;
import phr.fhir.validate.ValidatedBatches;
import phr.gateway.record.Query.Comparison;
import phr.gateway.record.Query.DateFilter;
import phr.gateway.record.Query.Order;
import phr.gateway.record.Query.TokenFilter;

/** However a store adds up samples, it gives what the same samples give one by one as documents. */
interface PortionContract extends StoreUnderTest {

    Instant BEGIN = Instant.parse("2026-03-25T15:00:00Z");
    Query OLDEST = new Query(
            Set.of("Observation"), Set.of(), Set.of(), List.of(), List.of(), List.of(), Order.OLDEST, 0, null);
    int SECONDS = 12 * 24 * 60 * 60;

    /** The same samples of two persons: one has them as samples, the other as documents. */
    record Twins(PersonId packed, PersonId plain) {

        static Twins born() {
            return new Twins(Sample.somebody(), Sample.somebody());
        }
    }

    private static String number(Random dice) {
        return switch (dice.nextInt(6)) {
            case 0 -> Integer.toString(dice.nextInt(200));
            case 1 -> "99999999999999999" + dice.nextInt(10);
            case 2 -> "-0." + (1 + dice.nextInt(9));
            case 3 -> "0.0000000000000000" + dice.nextInt(10);
            default -> dice.nextInt(90) + "." + dice.nextInt(10) + dice.nextInt(10);
        };
    }

    private static List<phr.fhir.sample.Sample> samples(PersonId person, long seed) {
        Random dice = new Random(seed);
        Dense rates = Dense.heartRates(person);
        Dense steps = Dense.steps(person);
        List<phr.fhir.sample.Sample> samples = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            Instant start = BEGIN.plusSeconds(dice.nextInt(SECONDS));
            samples.add(rates.at("hr-" + i, start, number(dice)));
            Instant end = start.plusSeconds(1 + dice.nextInt(dice.nextInt(10) == 0 ? 200_000 : 4_000));
            samples.add(steps.during("st-" + i, start, end, number(dice)));
        }
        return samples;
    }

    private void save(Twins twins, long seed, long changed) {
        Random dice = new Random(seed);
        List<phr.fhir.sample.Sample> packed = samples(twins.packed(), changed);
        List<phr.fhir.sample.Sample> plain = samples(twins.plain(), changed);
        Collections.shuffle(packed, new Random(seed));
        for (int from = 0; from < packed.size(); from += 40) {
            store().save(
                            Permits.contribute(twins.packed()),
                            ValidatedBatches.of(Sample.intake(twins.packed()), packed.subList(from, from + 40)));
            if (dice.nextInt(4) == 0) {
                settle(twins.packed());
            }
        }
        store().save(
                        Permits.contribute(twins.plain()),
                        ValidatedBatches.of(
                                Sample.intake(twins.plain()),
                                plain.stream().map(Document::of).toList(),
                                List.of()));
    }

    /** Some are corrected, some deleted: those are no longer packed, or not there. */
    private void change(Twins twins, long seed) {
        for (PersonId person : List.of(twins.packed(), twins.plain())) {
            Random dice = new Random(seed);
            List<phr.fhir.sample.Sample> samples = samples(person, seed);
            for (int i = 0; i < 12; i++) {
                phr.fhir.sample.Sample one = samples.get(dice.nextInt(samples.size()));
                phr.fhir.sample.Sample other = new phr.fhir.sample.Sample(
                        one.shape(),
                        one.id(),
                        one.key(),
                        one.start(),
                        one.end(),
                        null,
                        List.of(new phr.fhir.sample.Decimal(i, 1)));
                store().save(
                                Permits.contribute(person),
                                ValidatedBatches.of(Sample.intake(person), List.of(Document.of(other)), List.of()));
                store().delete(
                                Permits.self(person, Action.CORRECT, 0),
                                "Observation",
                                samples.get(dice.nextInt(samples.size())).id());
            }
        }
    }

    private static Instant instant(Random dice) {
        Instant instant = BEGIN.plusSeconds(dice.nextInt(SECONDS + 400_000) - 200_000L);
        return dice.nextBoolean()
                ? Objects.requireNonNull(CalendarUnit.DAY.around(instant).from())
                : instant;
    }

    private static Query query(Random dice) {
        List<DateFilter> dates = new ArrayList<>();
        for (int i = dice.nextInt(3); i > 0; i--) {
            Instant from = instant(dice);
            Instant to = from.plusSeconds(1 + dice.nextInt(600_000));
            Comparison comparison = Comparison.values()[dice.nextInt(Comparison.values().length)];
            dates.add(new DateFilter(
                    comparison,
                    DataTime.between(dice.nextInt(9) == 0 ? null : from, dice.nextInt(9) == 0 ? null : to)));
        }
        List<TokenFilter> codes = List.of(new TokenFilter("code", List.of(Dense.HEART_RATE, Dense.STEPS)));
        return new Query(
                Set.of("Observation"),
                Set.of(),
                Set.of(),
                dice.nextBoolean() ? codes : codes.subList(0, 0),
                dates,
                List.of(),
                Order.OLDEST,
                0,
                null);
    }

    private static Predicate predicate(Random dice, String reference) {
        @Nullable Instant from = dice.nextInt(4) == 0 ? null : instant(dice);
        @Nullable Instant to = from == null || dice.nextInt(4) != 0 ? instant(dice) : null;
        return switch (dice.nextInt(6)) {
            case 0 -> Predicate.ALWAYS;
            case 1 -> new Predicate.TimeTouches(from, to);
            case 2 -> new Predicate.Not(predicate(dice, reference));
            case 3 -> new Predicate.Any(List.of(predicate(dice, reference), predicate(dice, reference)));
            case 4 ->
                new Predicate.All(List.of(
                        predicate(dice, reference),
                        new Predicate.Not(new Predicate.In(Predicate.Scalar.REFERENCE, Set.of(reference)))));
            default -> new Predicate.TimeWithin(from, to);
        };
    }

    private static Permit permit(PersonId person, long seed, @Nullable CalendarUnit unit) {
        Random dice = new Random(seed);
        if (dice.nextInt(5) == 0) {
            return Permits.own(person);
        }
        String reference = "Observation/" + samples(person, 0).get(3).id();
        List<Grant> grants = new ArrayList<>();
        if (unit == null || dice.nextBoolean()) {
            grants.add(new Grant(predicate(dice, reference), Set.of(Obligation.NO_ONWARD)));
            grants.add(new Grant(predicate(dice, reference), Set.of(Obligation.KEEP_LABELS)));
        }
        String name = unit == null ? "DAY" : unit.name();
        return Permits.aggregating(
                person,
                grants,
                new Grant(predicate(dice, reference), Set.of(Obligation.aggregateOnly(name, Set.of("mean")))));
    }

    /** By code, Tokyo day, obligations, and the end where it is not on that day. */
    private Map<String, String> added(Permit permit, @Nullable CalendarUnit unit, Query query) {
        Map<String, BigDecimal[]> all = new TreeMap<>();
        Instant before = Instant.MIN;
        try (Portions portions = store().aggregable(permit, unit, query)) {
            while (portions.hasNext()) {
                Portion portion = portions.next();
                Instant from = Objects.requireNonNull(portion.time().from());
                assertTrue(!from.isBefore(before), "in order of time");
                before = from;
                JsonNode form = StoredJson.parse(portion.form().json());
                BigDecimal value = form.at("/valueQuantity/value").decimalValue();
                Sum sum = portion.sums().isEmpty()
                        ? new Sum(value, value, value)
                        : portion.sums().get(value.intValueExact());
                Instant to = Objects.requireNonNull(portion.time().to());
                DataTime day = CalendarUnit.DAY.around(from);
                boolean over = to.isAfter(Objects.requireNonNull(day.to()));
                assertTrue(!over || portion.count() == 1, "what ends on another day stands alone");
                String key = form.at("/code/coding/0/code").asText() + " " + day.from() + " "
                        + new TreeSet<>(portion.form().obligations()) + (over ? " until " + to : "");
                all.merge(
                        key,
                        new BigDecimal[] {BigDecimal.valueOf(portion.count()), sum.sum(), sum.least(), sum.greatest()},
                        (one, other) -> new BigDecimal[] {
                            one[0].add(other[0]), one[1].add(other[1]), one[2].min(other[2]), one[3].max(other[3])
                        });
            }
        }
        Map<String, String> text = new TreeMap<>();
        all.forEach((key, sums) -> text.put(
                key,
                List.of(sums).stream()
                        .map(sum -> sum.stripTrailingZeros().toPlainString())
                        .toList()
                        .toString()));
        return text;
    }

    @Test
    default void sumsAreThoseOfTheSamplesOneByOne() {
        for (long seed = 61; seed <= 64; seed++) {
            Twins twins = Twins.born();
            save(twins, seed, seed);
            if (seed % 2 == 0) {
                settle(twins.packed());
            }
            if (seed > 62) {
                change(twins, seed);
            }
            int found = 0;
            for (int round = 0; round < 25; round++) {
                long own = seed * 1_000 + round;
                @Nullable CalendarUnit unit = round % 4 == 0 ? null : CalendarUnit.values()[round % 4 - 1];
                Query query = query(new Random(own));
                Map<String, String> expected = added(permit(twins.plain(), own, unit), unit, query);
                assertEquals(
                        expected,
                        added(permit(twins.packed(), own, unit), unit, query),
                        "seed " + seed + ", round " + round + ", " + unit + ", " + query);
                found += expected.size();
            }
            assertTrue(found > 150, "there is something to compare: " + found);
        }
    }

    @Test
    default void wholeSettledDaysAreFewPortions() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        List<phr.fhir.sample.Sample> samples = new ArrayList<>();
        for (int i = 0; i < 14_400; i++) {
            samples.add(dense.minute(i));
        }
        store().save(Permits.contribute(person), dense.batch(samples));
        settle(person);
        int portions = 0;
        int counted = 0;
        try (Portions all = store().aggregable(Permits.own(person), null, OLDEST)) {
            while (all.hasNext()) {
                portions++;
                counted += all.next().count();
            }
        }
        assertEquals(14_400, counted);
        assertTrue(portions <= 22, "eleven days, some cut once: " + portions);
    }
}
