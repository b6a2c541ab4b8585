package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.Permit;
import phr.consent.Predicate.Overlaps;
import phr.consent.Predicate.SetFact;
import phr.consent.StalePermitException;
import phr.fhir.PersonId;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Tokens;
import phr.gateway.record.Query.Comparison;
import phr.gateway.record.Query.DateFilter;
import phr.gateway.record.Query.Order;
import phr.gateway.record.Query.TokenFilter;

/** Counts, orders and filters know the permitted set only (consent-semantics.md §14.2, P-17, P-19). */
interface SearchContract extends StoreUnderTest {

    private List<Sample> mixed(PersonId person) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            samples.add(Sample.of(person, i % 2 == 0 ? "Observation" : "Encounter", "s" + i)
                    .time(i % 7 == 0 ? DataTime.UNKNOWN : Sample.day(LocalDate.of(2026, 1, 1 + i % 5)))
                    .tokens(Map.of("code", Set.of("s|" + i % 4)))
                    .categories(Tokens.of(Set.of(i % 3 == 0 ? "lab" : "lifelog-vitals"))));
        }
        save(person, samples.toArray(Sample[]::new));
        return samples;
    }

    private static Permit vitals(PersonId person) {
        return Permits.recipient(
                person, Action.READ, new Overlaps(SetFact.CATEGORIES, Set.of("lifelog-vitals"), false));
    }

    private static boolean vital(Sample sample) {
        return sample.facts().categories().values().contains("lifelog-vitals");
    }

    private static Query ordered(Order order, int count, @Nullable Position after) {
        return new Query(Set.of(), Set.of(), Set.of(), List.of(), List.of(), List.of(), order, count, after);
    }

    @Test
    @DisplayName("P-17, §20 totals reveal hidden entries: counts are of the permitted set")
    default void countsAreOfThePermittedSetWhateverThePage() {
        PersonId person = Sample.somebody();
        List<Sample> samples = mixed(person);
        long permitted = samples.stream().filter(SearchContract::vital).count();
        assertEquals(permitted, store().count(vitals(person), Query.everything()));
        assertEquals(permitted, store().count(vitals(person), ordered(Order.ID, 3, null)));
        assertEquals(0, store().count(Permits.recipient(person, Action.READ), Query.everything()));
        assertEquals(0, store().count(vitals(Sample.somebody()), Query.everything()));
        changeConsents(person);
        assertThrows(StalePermitException.class, () -> store().count(vitals(person), Query.everything()));
    }

    @Test
    default void everyOrderJoinsItsPagesWithoutGapOrRepetition() {
        PersonId person = Sample.somebody();
        List<Sample> samples = mixed(person);
        save(person, samples.get(4).content("changed"), samples.get(1).content("changed"));
        for (Order order : Order.values()) {
            List<String> whole = references(vitals(person), ordered(order, 0, null));
            assertEquals(samples.stream().filter(SearchContract::vital).count(), whole.size());
            List<String> paged = new ArrayList<>();
            @Nullable Position after = null;
            do {
                try (Results results = store().search(vitals(person), ordered(order, 4, after))) {
                    results.forEachRemaining(entry -> paged.add(entry.type() + "/" + entry.id()));
                    after = results.continuation().orElse(null);
                }
            } while (after != null);
            assertEquals(whole, paged, order.name());
        }
    }

    @Test
    default void ordersAreWhatTheirNamesSay() {
        PersonId person = Sample.somebody();
        List<Sample> samples = mixed(person);
        List<String> newest = references(Permits.own(person), ordered(Order.NEWEST, 0, null));
        List<String> oldest = new ArrayList<>(references(Permits.own(person), ordered(Order.OLDEST, 0, null)));
        Collections.reverse(oldest);
        assertEquals(newest, oldest);
        assertEquals(
                samples.stream()
                        .sorted(Comparator.comparing(sample -> sample.id().toString()))
                        .map(Sample::reference)
                        .toList(),
                references(Permits.own(person), ordered(Order.ID, 0, null)));
        save(person, samples.get(9).content("changed"));
        List<String> updated = references(Permits.own(person), ordered(Order.UPDATED_FIRST, 0, null));
        assertEquals(samples.get(9).reference(), updated.get(updated.size() - 1));
        assertEquals(
                samples.get(9).reference(),
                references(Permits.own(person), ordered(Order.UPDATED_LAST, 0, null))
                        .get(0));
    }

    @Test
    @DisplayName("P-19 :not finds permitted resources only")
    default void notFindsWhatHasNoneOfTheAlternativesAndIsPermitted() {
        PersonId person = Sample.somebody();
        List<Sample> samples = mixed(person);
        TokenFilter not = new TokenFilter("code", List.of("s|1", "2"), true);
        Set<String> expected = samples.stream()
                .filter(SearchContract::vital)
                .filter(sample ->
                        Collections.disjoint(sample.tokens().getOrDefault("code", Set.of()), Set.of("s|1", "s|2")))
                .map(Sample::reference)
                .collect(Collectors.toSet());
        Query query = new Query(Set.of(), List.of(not), List.of(), 0, null);
        assertEquals(expected, Set.copyOf(references(vitals(person), query)));
        assertEquals(expected.size(), store().count(vitals(person), query));
    }

    @Test
    default void idsAndReferencesNarrowThePermittedSet() {
        PersonId person = Sample.somebody();
        Sample encounter = Sample.of(person, "Encounter", "e");
        Sample shown = Sample.of(person, "Observation", "a").links(encounter.reference());
        Sample hidden = Sample.of(person, "Observation", "b")
                .links(encounter.reference())
                .categories(Tokens.of(Set.of("lab")));
        save(person, encounter, shown, hidden, Sample.of(person, "Observation", "c"));
        assertEquals(
                List.of(shown.reference()),
                references(vitals(person), Query.of(Set.of(shown.reference(), hidden.reference(), "Observation/no"))));
        assertEquals(
                List.of(shown.reference()),
                references(vitals(person), Query.referring("Observation", Set.of(encounter.reference()))));
        assertEquals(
                List.of(), references(vitals(person), Query.referring("Encounter", Set.of(encounter.reference()))));
    }

    @Test
    default void theTimeOfTheLastVersionIsComparedAsAnInstant() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample);
        Instant written = stored(person, sample).lastUpdated();
        assertEquals(1, updated(person, Comparison.GE, written, written.plusMillis(1)));
        assertEquals(1, updated(person, Comparison.EQ, written, written.plusMillis(1)));
        assertEquals(0, updated(person, Comparison.GT, written, written.plusMillis(1)));
        assertEquals(0, updated(person, Comparison.LT, written, written.plusMillis(1)));
        assertEquals(1, updated(person, Comparison.GT, written.minusSeconds(2), written.minusSeconds(1)));
        assertEquals(0, updated(person, Comparison.SA, written.plusSeconds(1), written.plusSeconds(2)));
    }

    private long updated(PersonId person, Comparison comparison, Instant from, Instant to) {
        List<DateFilter> filter = List.of(new DateFilter(comparison, DataTime.between(from, to)));
        Query query = new Query(Set.of(), Set.of(), Set.of(), List.of(), List.of(), filter, Order.NEWEST, 0, null);
        return store().count(Permits.own(person), query);
    }
}
