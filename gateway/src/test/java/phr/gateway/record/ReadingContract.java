package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.consent.Predicate.Overlaps;
import phr.consent.Predicate.SetFact;
import phr.consent.StalePermitException;
import phr.fhir.PersonId;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Tokens;
import phr.gateway.record.Query.Comparison;
import phr.gateway.record.Query.DateFilter;
import phr.gateway.record.Query.TokenFilter;

/** How a record is read: order, pages, filters. */
interface ReadingContract extends StoreUnderTest {

    @Test
    default void aPersonWithoutDataHasAnEmptyRecord() {
        Permit permit = Permits.own(Sample.somebody());
        assertEquals(List.of(), references(permit));
        assertEquals(Optional.empty(), store().read(permit, "Observation", UUID.randomUUID()));
        assertEquals(Optional.empty(), store().original(permit, UUID.randomUUID()));
    }

    @Test
    default void anIdOfAnotherTypeOrPersonIsNotFound() {
        PersonId person = Sample.somebody();
        PersonId other = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample);
        save(other, Sample.of(other, "Observation", "b"));
        assertEquals(Optional.empty(), store().read(Permits.own(person), "Encounter", sample.id()));
        assertEquals(Optional.empty(), store().read(Permits.own(other), "Observation", sample.id()));
        assertFalse(references(Permits.own(other)).contains(sample.reference()));
    }

    @Test
    default void newestDataComeFirstAndUndatedLast() {
        PersonId person = Sample.somebody();
        Sample old = Sample.of(person, "Observation", "old").time(Sample.day(LocalDate.of(1950, 1, 1)));
        Sample recent = Sample.of(person, "Observation", "new").time(Sample.day(LocalDate.of(2026, 1, 1)));
        Sample open = Sample.of(person, "Condition", "open").time(DataTime.between(null, Instant.EPOCH));
        Sample undated = Sample.of(person, "Encounter", "undated").time(DataTime.UNKNOWN);
        save(person, undated, old, open, recent);
        assertEquals(
                List.of(recent.reference(), old.reference(), open.reference(), undated.reference()),
                references(Permits.own(person)));
    }

    @Test
    @DisplayName("P-18, §20 hidden entries become gaps: pages are filled from the permitted set")
    default void pagesAreFilledFromThePermittedSetAndJoinWithoutGapOrRepetition() {
        PersonId person = Sample.somebody();
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            DataTime time = i % 7 == 0 ? DataTime.UNKNOWN : Sample.day(LocalDate.of(2026, 1, 1 + i % 5));
            Tokens category = Tokens.of(Set.of(i % 3 == 0 ? "lab" : "lifelog-vitals"));
            samples.add(Sample.of(person, i % 2 == 0 ? "Observation" : "Encounter", "s" + i)
                    .time(time)
                    .categories(category));
        }
        save(person, samples.toArray(Sample[]::new));
        Permit vitals = Permits.recipient(
                person, Action.READ, new Overlaps(SetFact.CATEGORIES, Set.of("lifelog-vitals"), false));
        List<String> expected = samples.stream()
                .filter(sample -> sample.facts().categories().values().contains("lifelog-vitals"))
                .sorted(inOrder())
                .map(Sample::reference)
                .toList();
        assertEquals(expected, references(vitals));
        for (int size : new int[] {1, 7, 40, 41}) {
            List<Integer> sizes = new ArrayList<>();
            assertEquals(expected, paged(vitals, size, sizes, () -> {}));
            assertTrue(sizes.subList(0, sizes.size() - 1).stream().allMatch(s -> s == size), "full pages");
            assertTrue(sizes.get(sizes.size() - 1) > 0, "no empty page at the end");
        }
    }

    /** Data time newest first, unknown last, then type and id as the database compares them: by bytes. */
    private static Comparator<Sample> inOrder() {
        Comparator<Sample> byTime = Comparator.comparing(
                sample -> sample.facts().time().known() ? sample.facts().time().from() : null,
                Comparator.nullsLast(Comparator.reverseOrder()));
        return byTime.thenComparing(sample -> sample.facts().type())
                .thenComparing(sample -> sample.id().toString());
    }

    private List<String> paged(Permit permit, int size, List<Integer> sizes, Runnable between) {
        List<String> found = new ArrayList<>();
        @Nullable Position after = null;
        do {
            Query query = new Query(Set.of(), List.of(), List.of(), size, after);
            try (Results results = store().search(permit, query)) {
                int count = 0;
                while (results.hasNext()) {
                    Entry entry = results.next();
                    found.add(entry.type() + "/" + entry.id());
                    count++;
                }
                sizes.add(count);
                after = results.continuation().orElse(null);
            }
            between.run();
        } while (after != null);
        return found;
    }

    @Test
    default void pagesUnderConcurrentWritesShowEverythingThatWasThereExactlyOnce() {
        PersonId person = Sample.somebody();
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            samples.add(Sample.of(person, "Observation", "s" + i).time(Sample.day(LocalDate.of(2026, 1, 1 + i % 20))));
        }
        save(person, samples.toArray(Sample[]::new));
        Random random = new Random(7);
        List<String> found = paged(Permits.own(person), 6, new ArrayList<>(), () -> {
            int day = 1 + random.nextInt(20);
            save(
                    person,
                    Sample.of(person, "Observation", "new" + random.nextInt())
                            .time(Sample.day(LocalDate.of(2026, 1, day))),
                    samples.get(random.nextInt(samples.size())).content("changed " + random.nextInt()));
        });
        assertEquals(found.size(), new HashSet<>(found).size(), "nothing twice");
        assertTrue(found.containsAll(samples.stream().map(Sample::reference).toList()), "nothing lost");
    }

    @Test
    default void anUnlimitedAnswerHasNoContinuation() {
        PersonId person = Sample.somebody();
        save(person, Sample.of(person, "Observation", "a"));
        try (Results results = store().search(Permits.own(person), Query.everything())) {
            results.forEachRemaining(entry -> {});
            assertEquals(Optional.empty(), results.continuation());
        }
    }

    @Test
    default void typesNarrowTheAnswer() {
        PersonId person = Sample.somebody();
        Sample a = Sample.of(person, "Observation", "a");
        Sample b = Sample.of(person, "Encounter", "b");
        save(person, a, b, Sample.of(person, "Coverage", "c"));
        Query query = new Query(Set.of("Observation", "Encounter"), List.of(), List.of(), 0, null);
        assertEquals(Set.of(a.reference(), b.reference()), Set.copyOf(references(Permits.own(person), query)));
    }

    @Test
    default void tokensAreFoundInEachFormOfTheStandard() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a")
                .tokens(Map.of("code", Set.of("http://loinc.org|8480-6", "|local"), "status", Set.of("final")));
        save(
                person,
                sample,
                Sample.of(person, "Observation", "b").tokens(Map.of("category", Set.of("http://loinc.org|8480-6"))));
        for (String hit : List.of("http://loinc.org|8480-6", "8480-6", "http://loinc.org|", "|local", "local")) {
            assertEquals(List.of(sample.reference()), found(person, "code", hit), hit);
        }
        for (String miss : List.of("|8480-6", "http://loinc.org|local", "http://loinc.org", "8480", "", "|")) {
            assertEquals(List.of(), found(person, "code", miss), miss);
        }
        assertEquals(List.of(sample.reference()), found(person, "status", "final"));
        assertEquals(
                List.of(sample.reference()), found(person, "code", "nothing", "8480-6"), "one alternative is enough");
    }

    private List<String> found(PersonId person, String parameter, String... alternatives) {
        TokenFilter filter = new TokenFilter(parameter, List.of(alternatives));
        return references(Permits.own(person), new Query(Set.of(), List.of(filter), List.of(), 0, null));
    }

    @Test
    default void severalParametersMustAllMatch() {
        PersonId person = Sample.somebody();
        Sample both =
                Sample.of(person, "Observation", "a").tokens(Map.of("code", Set.of("s|1"), "category", Set.of("s|v")));
        save(person, both, Sample.of(person, "Observation", "b").tokens(Map.of("code", Set.of("s|1"))));
        List<TokenFilter> filters =
                List.of(new TokenFilter("code", List.of("s|1")), new TokenFilter("category", List.of("v")));
        assertEquals(
                List.of(both.reference()),
                references(Permits.own(person), new Query(Set.of(), filters, List.of(), 0, null)));
    }

    @Test
    default void datesCompareAsIntervalsWhateverTheyAre() {
        PersonId person = Sample.somebody();
        long seed = 20260401;
        Random random = new Random(seed);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            samples.add(Sample.of(person, "Observation", "s" + i).time(RandomFacts.time(random)));
        }
        save(person, samples.toArray(Sample[]::new));
        for (int i = 0; i < 200; i++) {
            Comparison comparison = Comparison.values()[i % Comparison.values().length];
            DataTime value = DataTime.between(RandomFacts.instant(random, 0, 10), RandomFacts.instant(random, 11, 20));
            DateFilter filter = new DateFilter(comparison, value);
            Set<String> expected = new HashSet<>();
            samples.stream().filter(s -> matches(filter, s.facts().time())).forEach(s -> expected.add(s.reference()));
            List<String> found =
                    references(Permits.own(person), new Query(Set.of(), List.of(), List.of(filter), 0, null));
            assertEquals(expected, Set.copyOf(found), "seed " + seed + ", case " + i + ", " + comparison);
        }
    }

    /** FHIR R4 search §3.1.1.4.5, written down a second time with instants. */
    private static boolean matches(DateFilter filter, DataTime time) {
        if (!time.known()) {
            return false;
        }
        Instant from = time.from() == null ? Instant.MIN : time.from();
        Instant to = time.to() == null ? Instant.MAX : time.to();
        Instant low = java.util.Objects.requireNonNull(filter.value().from());
        Instant high = java.util.Objects.requireNonNull(filter.value().to());
        boolean contained = !from.isBefore(low) && !to.isAfter(high);
        boolean reachesAbove = to.isAfter(high);
        boolean reachesBelow = from.isBefore(low);
        return switch (filter.comparison()) {
            case EQ -> contained;
            case NE -> !contained;
            case GT -> reachesAbove;
            case LT -> reachesBelow;
            case GE -> reachesAbove || contained;
            case LE -> reachesBelow || contained;
            case SA -> !from.isBefore(high);
            case EB -> !to.isAfter(low);
        };
    }

    @Test
    default void aMovedEpochStopsEveryRead() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample);
        changeConsents(person);
        Permit stale = Permits.own(person);
        assertThrows(StalePermitException.class, () -> store().read(stale, "Observation", sample.id()));
        assertThrows(StalePermitException.class, () -> store().search(stale, Query.everything()));
        assertThrows(StalePermitException.class, () -> store().original(stale, UUID.randomUUID()));
        Permit fromTheFuture = Permits.self(person, Action.READ, 2);
        assertThrows(StalePermitException.class, () -> store().read(fromTheFuture, "Observation", sample.id()));
        assertEquals(1, references(Permits.self(person, Action.READ, 1)).size());
    }

    @Test
    default void aPermitWhoseTimeIsOverIsStale() {
        PersonId person = Sample.somebody();
        save(person, Sample.of(person, "Observation", "a"));
        Permit over = Permits.of(Permits.own(person).request(), 0, Instant.EPOCH, Predicate.ALWAYS);
        assertThrows(StalePermitException.class, () -> store().search(over, Query.everything()));
    }

    @Test
    @DisplayName("P-22 a revocation ends an answer that is running")
    default void aRevocationEndsAnAnswerThatIsRunning() {
        PersonId person = Sample.somebody();
        Sample[] many = new Sample[1_200];
        for (int i = 0; i < many.length; i++) {
            many[i] = Sample.of(person, "Observation", "s" + i);
        }
        save(person, many);
        try (Results results = store().search(Permits.own(person), Query.everything())) {
            List<UUID> given = new ArrayList<>();
            given.add(results.next().id());
            changeConsents(person);
            assertThrows(StalePermitException.class, () -> results.forEachRemaining(entry -> given.add(entry.id())));
            assertTrue(given.size() < many.length, "it ends before it is complete");
        }
    }

    @Test
    default void resultsThatAreLeftEarlyGiveTheirConnectionBack() {
        PersonId person = Sample.somebody();
        save(person, Sample.of(person, "Observation", "a"), Sample.of(person, "Observation", "b"));
        for (int i = 0; i < 100; i++) {
            try (Results results = store().search(Permits.own(person), Query.everything())) {
                results.next();
            }
        }
        assertEquals(2, references(Permits.own(person)).size());
    }
}
