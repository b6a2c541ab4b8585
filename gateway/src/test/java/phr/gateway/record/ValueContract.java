package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.fhir.PersonId;
import phr.fhir.validate.Document;
import phr.fhir.validate.ValidatedBatches;
import phr.gateway.record.Query.Order;

/** What is found by its value (FHIR R4 search, value-quantity): however it is kept, and only as far as it may be seen. */
interface ValueContract extends StoreUnderTest {

    private static Query valued(List<String> values, Order order, int count, @Nullable Position after) {
        List<QuantityFilter> filters = values.stream()
                .map(value -> QuantityParameter.parse("value-quantity", value))
                .toList();
        return new Query(
                Set.of("Observation"),
                Set.of(),
                Set.of(),
                List.of(),
                List.of(),
                List.of(),
                filters,
                DenseView.EACH,
                order,
                count,
                after);
    }

    private static Query valued(String... values) {
        return valued(List.of(values), Order.NEWEST, 0, null);
    }

    /** Half of them packed, the rest documents. */
    private PersonId minutes(int samples) {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        List<phr.fhir.sample.Sample> all =
                IntStream.range(0, samples).mapToObj(dense::minute).toList();
        store().save(
                        Permits.contribute(person),
                        dense.batch(all.stream()
                                .filter(sample -> all.indexOf(sample) % 2 == 0)
                                .toList()));
        settle(person);
        store().save(
                        Permits.contribute(person),
                        ValidatedBatches.of(
                                Sample.intake(person),
                                all.stream()
                                        .filter(sample -> all.indexOf(sample) % 2 == 1)
                                        .map(Document::of)
                                        .toList(),
                                List.of()));
        return person;
    }

    private static int value(Entry entry) {
        return StoredJson.parse(entry.json()).at("/valueQuantity/value").intValue();
    }

    @Test
    default void valuesSelectOfSamplesAndDocumentsAlike() {
        PersonId person = minutes(120);
        Permit own = Permits.own(person);
        Random dice = new Random(71);
        String[] prefixes = {"", "eq", "ne", "lt", "gt", "le", "ge", "sa", "eb", "ap"};
        List<Entry> whole = all(own, Query.everything());
        for (int round = 0; round < 60; round++) {
            String sought = prefixes[round % prefixes.length]
                    + (55 + dice.nextInt(50))
                    + (dice.nextBoolean() ? ".0" : "")
                    + (dice.nextBoolean() ? "||/min" : "");
            QuantityFilter filter = QuantityParameter.parse("value-quantity", sought);
            List<UUID> expected = whole.stream()
                    .filter(entry ->
                            filter.matches(ObservedValue.of(entry.json()).orElseThrow()))
                    .map(Entry::id)
                    .toList();
            List<UUID> found = all(own, valued(sought)).stream().map(Entry::id).toList();
            assertEquals(expected, found, "seed 71, round " + round + ", " + sought);
            assertEquals(expected.size(), store().count(own, valued(List.of(sought), Order.OLDEST, 7, null)), sought);
        }
        assertEquals(
                Set.of(70, 71),
                Set.copyOf(all(own, valued("ge70", "le71")).stream()
                        .map(ValueContract::value)
                        .toList()));
        assertEquals(6, all(own, valued("70,99")).size());
        assertEquals(0, all(own, valued("70||kg")).size());
        assertEquals(3, all(own, valued("70|http://unitsofmeasure.org|/min")).size());
    }

    @Test
    default void pagesOfWhatIsFoundByValueJoin() {
        PersonId person = minutes(240);
        Permit own = Permits.own(person);
        for (Order order : Order.values()) {
            List<UUID> whole = all(own, valued(List.of("gt75"), order, 0, null)).stream()
                    .map(Entry::id)
                    .toList();
            assertEquals(144, whole.size());
            for (int size : new int[] {1, 13, 143, 144, 200}) {
                List<UUID> paged = new ArrayList<>();
                @Nullable Position after = null;
                do {
                    try (Results results = store().search(own, valued(List.of("gt75"), order, size, after))) {
                        results.forEachRemaining(entry -> paged.add(entry.id()));
                        after = results.continuation().orElse(null);
                    }
                } while (after != null);
                assertEquals(whole, paged, order + " in pages of " + size);
            }
        }
    }

    @Test
    default void aValueThatIsTakenOutIsNotFoundOut() {
        PersonId person = minutes(80);
        Permit redacted = Permits.of(
                Permits.request(person, Action.READ, Capacity.RECIPIENT, "sakura-clinic", "TREAT"),
                0,
                Permits.FOREVER,
                List.of(new Grant(Predicate.ALWAYS, Set.of(Obligation.redact(Set.of("Observation.value[x]"))))));
        assertEquals(80, all(redacted, Query.everything()).size());
        for (String sought : List.of("gt0", "ne1", "70")) {
            assertEquals(0, all(redacted, valued(sought)).size());
            assertEquals(0, store().count(redacted, valued(sought)));
        }
    }

    @Test
    default void whatHasNoNumberIsNotFoundByOne() {
        PersonId person = Sample.somebody();
        save(person, Sample.of(person, "Observation", "a"), Sample.of(person, "Encounter", "b"));
        assertEquals(0, all(Permits.own(person), valued("ne5")).size());
        assertTrue(
                new String(all(Permits.own(person), Query.everything()).get(0).json(), StandardCharsets.UTF_8)
                        .contains("resourceType"));
    }
}
