package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.consent.Action;
import phr.consent.CalendarUnit;
import phr.consent.Capacity;
import phr.consent.Evaluation;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.consent.Referrers;
import phr.consent.StalePermitException;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.sample.Decimal;
import phr.fhir.sample.Moment;
import phr.fhir.validate.Document;
import phr.fhir.validate.ValidatedBatches;
import phr.gateway.record.Query.Comparison;
import phr.gateway.record.Query.DateFilter;
import phr.gateway.record.Query.Order;
import phr.gateway.record.Query.TokenFilter;

/**
 * Dense samples, however they are kept: each is an Observation like any other (lifelog.md §5). What holds of fresh ones holds
 * when they have been settled.
 */
interface SampleContract extends StoreUnderTest {

    private Saved save(PersonId person, Dense dense, List<phr.fhir.sample.Sample> samples) {
        return store().save(Permits.contribute(person), dense.batch(samples));
    }

    private static List<phr.fhir.sample.Sample> minutes(Dense dense, int from, int to) {
        return IntStream.range(from, to).mapToObj(dense::minute).toList();
    }

    private static Query sorted(Order order, int count, @Nullable Position after) {
        return new Query(Set.of(), Set.of(), Set.of(), List.of(), List.of(), List.of(), order, count, after);
    }

    private static Query dated(DateFilter... dates) {
        return new Query(Set.of("Observation"), List.of(), List.of(dates), 0, null);
    }

    private List<UUID> ids(Permit permit, Query query) {
        return all(permit, query).stream().map(Entry::id).toList();
    }

    @Test
    default void aSampleIsReadAsTheObservationThatCameIn() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        phr.fhir.sample.Sample sample = dense.at("k-007", Instant.parse("2026-04-01T01:02:03.250Z"), "71.50");
        assertEquals(new Saved(1, 0, 0, 0), save(person, dense, List.of(sample)));
        for (int round = 0; round < 2; round++) {
            Entry entry = store().read(Permits.own(person), "Observation", sample.id())
                    .orElseThrow();
            String json = new String(entry.json(), StandardCharsets.UTF_8);
            String expected = new String(Document.of(sample).json(), StandardCharsets.UTF_8);
            int cut = expected.indexOf(",\"identifier\"");
            assertTrue(
                    json.startsWith(expected.substring(0, cut) + ",\"meta\":{\"versionId\":\"1\",\"lastUpdated\":\""));
            assertTrue(json.endsWith(expected.substring(cut)), "the content as it came");
            assertEquals(1, entry.version());
            assertEquals(sample.shape().facts(sample).time(), entry.time());
            assertEquals(Set.of("lifelog-vitals"), entry.categories());
            assertEquals(Dense.STORE, entry.source().namespace());
            assertEquals("k-007", entry.source().id());
            settle(person);
        }
    }

    @Test
    default void whatIsSentAgainIsADuplicateAndNothingChanges() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        save(person, dense, minutes(dense, 0, 300));
        List<UUID> before = ids(Permits.own(person), Query.everything());
        assertEquals(new Saved(0, 0, 300, 0), save(person, dense, minutes(dense, 0, 300)));
        settle(person);
        assertEquals(new Saved(10, 0, 290, 0), save(person, dense, minutes(dense, 10, 310)));
        settle(person);
        assertEquals(new Saved(0, 0, 310, 0), save(person, dense, minutes(dense, 0, 310)));
        assertEquals(310, store().count(Permits.own(person), Query.everything()));
        assertEquals(before, ids(Permits.own(person), Query.everything()).subList(10, 310));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    default void eachSampleIsStoredOnceInWhateverOrderItComesAndSettles(long seed) {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        Random random = new Random(seed);
        Set<Integer> known = new HashSet<>();
        for (int round = 0; round < 40; round++) {
            Set<Integer> sent = random.ints(1 + random.nextInt(200), 0, 4_000)
                    .boxed()
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            int fresh = (int) sent.stream().filter(known::add).count();
            List<phr.fhir.sample.Sample> batch =
                    sent.stream().map(dense::minute).toList();
            assertEquals(
                    new Saved(fresh, 0, sent.size() - fresh, 0),
                    save(person, dense, batch),
                    "seed " + seed + ", round " + round);
            if (random.nextInt(5) < 2) {
                settle(person);
            }
        }
        assertEquals(known.size(), store().count(Permits.own(person), Query.everything()), "seed " + seed);
    }

    @Test
    default void theSameSampleTwiceInOneBatchIsStoredOnce() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        assertEquals(
                new Saved(1, 0, 2, 0), save(person, dense, List.of(dense.minute(1), dense.minute(1), dense.minute(1))));
        assertEquals(1, store().count(Permits.own(person), Query.everything()));
    }

    @Test
    default void aCorrectedSampleIsANewVersionAndTheOldOneStays() {
        for (boolean settled : new boolean[] {false, true}) {
            PersonId person = Sample.somebody();
            Dense dense = Dense.heartRates(person);
            save(person, dense, minutes(dense, 0, 100));
            if (settled) {
                settle(person);
            }
            UUID id = dense.minute(50).id();
            byte[] before = stored(person, id).json();
            phr.fhir.sample.Sample corrected = dense.at("hr-50", Instant.parse("2026-04-01T00:50:00Z"), "99");
            assertEquals(new Saved(0, 1, 0, 0), save(person, dense, List.of(corrected)));
            Entry now = stored(person, id);
            assertEquals(2, now.version());
            assertTrue(new String(now.json(), StandardCharsets.UTF_8).contains("\"value\":99,"));
            assertArrayEquals(
                    before,
                    store().version(Permits.own(person), "Observation", id, 1)
                            .orElseThrow()
                            .json());
            assertEquals(List.of(2, 1), versions(person, id));
            assertEquals(100, store().count(Permits.own(person), Query.everything()));
            assertEquals(new Saved(0, 0, 1, 0), save(person, dense, List.of(corrected)), "known by now");
            assertEquals(new Saved(0, 1, 0, 0), save(person, dense, List.of(dense.minute(50))), "and back again");
            assertEquals(List.of(3, 2, 1), versions(person, id));
        }
    }

    private Entry stored(PersonId person, UUID id) {
        return store().read(Permits.own(person), "Observation", id).orElseThrow();
    }

    private List<Integer> versions(PersonId person, UUID id) {
        List<Integer> versions = new ArrayList<>();
        try (Results results = store().history(Permits.own(person), "Observation", id)) {
            results.forEachRemaining(entry -> versions.add(entry.version()));
        }
        return versions;
    }

    /** Whatever a store remembers between reads, and whoever else has written meanwhile. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    default void aSampleReadAgainAndAgainIsTheOneThatIsStoredNow(long seed) {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        Random random = new Random(seed);
        int pool = 600;
        Map<Integer, Integer> versions = new HashMap<>();
        Set<Integer> deleted = new HashSet<>();
        for (int round = 0; round < 60; round++) {
            int one = random.nextInt(pool);
            if (random.nextInt(4) == 0) {
                settle(person);
            } else if (!versions.containsKey(one)) {
                int to = Math.min(pool, one + 1 + random.nextInt(80));
                save(person, dense, minutes(dense, one, to));
                // what was corrected is corrected back
                IntStream.range(one, to)
                        .filter(minute -> !deleted.contains(minute))
                        .forEach(minute -> versions.merge(minute, 1, (before, now) -> before == 2 ? 3 : before));
            } else if (!deleted.contains(one) && random.nextBoolean()) {
                store().delete(
                                Permits.self(person, Action.CORRECT, 0),
                                "Observation",
                                dense.minute(one).id());
                deleted.add(one);
            } else if (versions.get(one) == 1 && !deleted.contains(one)) {
                Instant time = Instant.parse("2026-04-01T00:00:00Z").plusSeconds(60L * one);
                save(person, dense, List.of(dense.at("hr-" + one, time, "199")));
                versions.put(one, 2);
            }
            for (int read = 0; read < 40; read++) {
                int minute = random.nextInt(pool);
                Optional<Entry> entry = store().read(
                                Permits.own(person),
                                "Observation",
                                dense.minute(minute).id());
                String where = "seed " + seed + ", round " + round + ", minute " + minute;
                assertEquals(versions.containsKey(minute) && !deleted.contains(minute), entry.isPresent(), where);
                entry.ifPresent(there -> assertEquals(versions.get(minute), there.version(), where));
            }
        }
    }

    /** New samples across the settled ones each round; what changes meanwhile is fresh, settled or of a series just begun. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    default void whatChangesWhileOthersAreBroughtToTheirPlaceIsThereOnce(long seed) {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        Random random = new Random(seed);
        Map<Integer, Integer> versions = new HashMap<>();
        List<Integer> spread = new ArrayList<>(IntStream.range(0, 900).boxed().toList());
        Collections.shuffle(spread, random);
        for (int round = 0; round < 9; round++) {
            List<Integer> some = spread.subList(100 * round, 100 * round + 60);
            List<Integer> late = spread.subList(100 * round + 60, 100 * round + 100);
            save(person, dense, some.stream().map(dense::minute).toList());
            some.forEach(minute -> versions.put(minute, 1));
            int one = List.copyOf(versions.keySet()).get(random.nextInt(versions.size()));
            int change = random.nextInt(4);
            settleDuring(person, () -> {
                UUID id = dense.minute(one).id();
                if (change == 0 && versions.getOrDefault(one, 0) == 1) {
                    Instant time = Instant.parse("2026-04-01T00:00:00Z").plusSeconds(60L * one);
                    save(person, dense, List.of(dense.at("hr-" + one, time, "199")));
                    versions.put(one, 2);
                } else if (change == 1) {
                    store().delete(Permits.self(person, Action.CORRECT, 0), "Observation", id);
                    versions.put(one, 0);
                } else if (change == 2) {
                    save(person, dense, late.stream().map(dense::minute).toList());
                    late.forEach(minute -> versions.put(minute, 1));
                }
                Dense other = Dense.of(person, "http://loinc.org|59408-" + seed, "phr-citizen", Labels.NORMAL);
                save(person, other, List.of(other.at("o-" + versions.size(), Instant.EPOCH, "97")));
            });
            String where = "seed " + seed + ", round " + round;
            List<UUID> found = ids(Permits.own(person), dated());
            assertEquals(found.size(), Set.copyOf(found).size(), where);
            versions.forEach((minute, version) -> assertEquals(
                    version,
                    store().read(
                                    Permits.own(person),
                                    "Observation",
                                    dense.minute(minute).id())
                            .map(Entry::version)
                            .orElse(0),
                    where + ", minute " + minute));
            Set<UUID> alive = versions.keySet().stream()
                    .filter(minute -> versions.getOrDefault(minute, 0) > 0)
                    .map(minute -> dense.minute(minute).id())
                    .collect(Collectors.toSet());
            assertTrue(Set.copyOf(found).containsAll(alive), where);
            assertEquals(alive.size() + round + 1, found.size(), where);
        }
    }

    @Test
    default void whatIsStoredIsFoundWhileItIsBroughtToItsPlace() throws Exception {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        save(person, dense, minutes(dense, 0, 40));
        AtomicInteger stored = new AtomicInteger(40);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            Future<?> settling = pool.submit(() -> {
                while (!over.get()) {
                    settle(person);
                }
            });
            List<Future<List<Integer>>> reading = Stream.of(1, 2)
                    .map(seed -> pool.submit(() -> missed(person, dense, new Random(seed), stored, over)))
                    .toList();
            for (int batch = 2; batch < 200; batch++) {
                save(person, dense, minutes(dense, 20 * batch, 20 * batch + 20));
                stored.addAndGet(20);
            }
            over.set(true);
            settling.get();
            for (Future<List<Integer>> one : reading) {
                assertEquals(List.of(), one.get());
            }
        } finally {
            over.set(true);
            pool.shutdownNow();
        }
    }

    /** Minutes that were not found although they had been stored before they were asked for: one alone, and two together. */
    private List<Integer> missed(
            PersonId person, Dense dense, Random random, AtomicInteger stored, AtomicBoolean over) {
        List<Integer> missed = new ArrayList<>();
        while (!over.get()) {
            int last = stored.get();
            int late = last - 1 - random.nextInt(20);
            UUID id = dense.minute(late).id();
            UUID other = dense.minute(random.nextInt(last - 20)).id();
            boolean alone = store().read(Permits.own(person), "Observation", id).isPresent();
            Query both = Query.of(Set.of("Observation/" + id, "Observation/" + other));
            if (!alone || ids(Permits.own(person), both).size() != 2) {
                missed.add(late);
            }
        }
        return missed;
    }

    @Test
    default void aSampleThatMovesInTimeIsFoundWhereItIsNow() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        save(person, dense, minutes(dense, 0, 10));
        settle(person);
        save(person, dense, List.of(dense.at("hr-3", Instant.parse("2027-01-01T00:00:00Z"), "70")));
        List<UUID> newest = ids(Permits.own(person), Query.everything());
        assertEquals(dense.id("hr-3"), newest.get(0));
        assertEquals(10, newest.size());
    }

    @Test
    default void aDeletedSampleStaysDeletedWhenItIsSentAgain() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        save(person, dense, minutes(dense, 0, 20));
        settle(person);
        UUID id = dense.minute(5).id();
        assertTrue(store().delete(Permits.self(person, Action.CORRECT, 0), "Observation", id));
        assertTrue(store().read(Permits.own(person), "Observation", id).isEmpty());
        assertTrue(store().latest(Permits.own(person), "Observation", id)
                .orElseThrow()
                .deleted());
        assertEquals(List.of(2, 1), versions(person, id));
        assertEquals(new Saved(0, 0, 20, 0), save(person, dense, minutes(dense, 0, 20)));
        assertEquals(19, store().count(Permits.own(person), Query.everything()));
    }

    @Test
    default void anObservationThatComesAsADocumentIsTheSampleThatItWas() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        save(person, dense, minutes(dense, 0, 3));
        Document document = Document.of(dense.minute(1));
        Saved same = store().save(
                        Permits.contribute(person),
                        ValidatedBatches.of(Sample.intake(person), List.of(document), List.of()));
        assertEquals(List.of(0, 0, 1), List.of(same.created(), same.updated(), same.duplicates()));
        assertEquals(new Saved(0, 0, 3, 0), save(person, dense, minutes(dense, 0, 3)));
        assertEquals(3, store().count(Permits.own(person), Query.everything()));
    }

    @Test
    default void samplesOfOnePersonAreNothingToAnother() {
        PersonId one = Sample.somebody();
        PersonId other = Sample.somebody();
        Dense dense = Dense.heartRates(one);
        save(one, dense, minutes(dense, 0, 5));
        save(other, Dense.heartRates(other), minutes(Dense.heartRates(other), 0, 2));
        assertEquals(2, store().count(Permits.own(other), Query.everything()));
        assertTrue(
                store().read(Permits.own(other), "Observation", dense.minute(0).id())
                        .isEmpty());
    }

    @Test
    default void theHolderOfASampleIsFoundAmongThePersonsOneKnows() {
        PersonId person = Sample.somebody();
        PersonId other = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        save(person, dense, minutes(dense, 0, 700));
        save(other, Dense.heartRates(other), minutes(Dense.heartRates(other), 0, 700));
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 700; i += 99) {
                UUID id = dense.minute(i).id();
                assertEquals(Optional.of(person), owners().ofSample(id, Set.of(other, person), null));
                assertEquals(Optional.empty(), owners().ofSample(id, Set.of(other), null));
                assertEquals(Optional.empty(), owners().ofSample(id, Set.of(), "an-organisation-that-knows-nobody"));
                assertEquals(Optional.empty(), owners().owner("Observation", id));
            }
            settle(person);
            settle(other);
        }
        assertEquals(Optional.empty(), owners().ofSample(UUID.randomUUID(), Set.of(other, person), null));
    }

    @Test
    default void aSampleWhoseIdDoesNotFollowFromItsKeyIsKeptAllTheSame() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        phr.fhir.sample.Sample known = dense.minute(1);
        phr.fhir.sample.Sample other = new phr.fhir.sample.Sample(
                known.shape(), UUID.randomUUID(), known.key(), known.start(), null, null, known.numbers());
        save(person, dense, List.of(other));
        assertEquals(List.of(other.id()), ids(Permits.own(person), Query.everything()));
    }

    private static Stream<phr.fhir.sample.Sample> ofDevice(PersonId person, int device, int samples) {
        Dense steps = Dense.stepsOf(person, "model-" + device, "app", "phr-citizen");
        Instant first = Instant.parse("2026-01-01T00:00:00Z").plus(device, ChronoUnit.HOURS);
        return IntStream.range(0, samples)
                .mapToObj(i -> steps.during(
                        device + "/" + i,
                        first.plusSeconds(60L * i),
                        first.plusSeconds(60L * i + 60),
                        String.valueOf(i)));
    }

    /** Each version of a device's software is a device of its own: a long life has hundreds, some with few samples. */
    @Test
    default void whatHundredsOfDevicesHaveMeasuredIsStoredOnce() {
        PersonId person = Sample.somebody();
        List<phr.fhir.sample.Sample> life = IntStream.range(0, 620)
                .boxed()
                .flatMap(device -> ofDevice(person, device, 20))
                .toList();
        List<phr.fhir.sample.Sample> few = IntStream.range(1000, 1010)
                .boxed()
                .flatMap(device -> ofDevice(person, device, 3))
                .toList();
        Dense any = Dense.steps(person);
        assertEquals(new Saved(12_400, 0, 0, 0), save(person, any, life));
        assertEquals(new Saved(30, 0, 0, 0), save(person, any, few));
        for (int round = 0; round < 2; round++) {
            assertEquals(new Saved(0, 0, 12_400, 0), save(person, any, life));
            assertEquals(new Saved(0, 0, 30, 0), save(person, any, few));
            assertEquals(12_430, store().count(Permits.own(person), Query.everything()));
            for (phr.fhir.sample.Sample sample : List.of(life.get(0), life.get(12_399), few.get(29))) {
                Entry entry = store().read(Permits.own(person), "Observation", sample.id())
                        .orElseThrow(() -> new AssertionError(sample.key()));
                assertEquals(sample.shape().facts(sample).time(), entry.time());
            }
            settle(person);
        }
    }

    /** Files have both in any order, and come again in parts, to whichever node. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    default void whatWasADocumentOnceIsKnownAmongManySamples(long seed) {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        Random random = new Random(seed);
        Set<Integer> known = new HashSet<>();
        for (int round = 0; round < 24; round++) {
            boolean documents = round == 0 || random.nextInt(3) > 0;
            Set<Integer> sent = random.ints(documents ? 40 : 1_500, 0, 12_000)
                    .boxed()
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            int fresh = (int) sent.stream().filter(known::add).count();
            List<phr.fhir.sample.Sample> samples =
                    sent.stream().map(dense::minute).toList();
            List<Document> singly = samples.stream().map(Document::of).toList();
            Saved saved = documents
                    ? store().save(
                                    Permits.contribute(person),
                                    ValidatedBatches.of(Sample.intake(person), singly, List.of()))
                    : save(person, dense, samples);
            assertEquals(
                    List.of(fresh, 0, sent.size() - fresh),
                    List.of(saved.created(), saved.updated(), saved.duplicates()),
                    "seed " + seed + ", round " + round);
            if (random.nextInt(4) == 0) {
                settle(person);
            }
        }
        assertEquals(known.size(), Set.copyOf(ids(Permits.own(person), dated())).size(), "seed " + seed);
        assertEquals(known.size(), store().count(Permits.own(person), Query.everything()), "seed " + seed);
    }

    @Test
    default void manySamplesInWildOrderAreFoundInOrder() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        List<phr.fhir.sample.Sample> all = new ArrayList<>(minutes(dense, 0, 10_500));
        Collections.shuffle(all, new Random(7));
        for (int from = 0; from < all.size(); from += 1_500) {
            save(person, dense, all.subList(from, from + 1_500));
            if (from % 3_000 == 0) {
                settle(person);
            }
        }
        settle(person);
        assertHolds(person, dense, all);
    }

    @Test
    default void largeBatchesOneAfterAnotherAndAcrossEachOtherAreFoundInOrder() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        save(person, dense, minutes(dense, 0, 3_000));
        save(person, dense, minutes(dense, 6_000, 9_000));
        settle(person);
        List<phr.fhir.sample.Sample> last = minutes(dense, 9_000, 15_000);
        save(person, dense, minutes(dense, 3_000, 6_000));
        save(person, dense, every(last, 2, 0));
        save(person, dense, every(last, 2, 1));
        settle(person);
        List<phr.fhir.sample.Sample> all = minutes(dense, 0, 15_000);
        assertHolds(person, dense, all);
        save(person, dense, minutes(dense, 15_000, 15_010));
        settle(person);
        assertEquals(15_010, store().count(Permits.own(person), Query.everything()));
    }

    private static <T> List<T> every(List<T> all, int step, int first) {
        return IntStream.range(0, all.size())
                .filter(i -> i % step == first)
                .mapToObj(all::get)
                .toList();
    }

    private void assertHolds(PersonId person, Dense dense, List<phr.fhir.sample.Sample> all) {
        List<UUID> expected = new ArrayList<>(minutes(dense, 0, all.size()).stream()
                .map(phr.fhir.sample.Sample::id)
                .toList());
        assertEquals(expected, ids(Permits.own(person), sorted(Order.OLDEST, 0, null)));
        Collections.reverse(expected);
        assertEquals(expected, ids(Permits.own(person), Query.everything()));
        assertEquals(new Saved(0, 0, all.size(), 0), save(person, dense, all));
        for (int i = 0; i < all.size(); i += 997) {
            assertTrue(store().read(
                            Permits.own(person), "Observation", dense.minute(i).id())
                    .isPresent());
        }
    }

    @Test
    default void everyOrderAndEveryPageSizeGivesEveryResourceOnce() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        Dense other = Dense.of(person, "http://loinc.org|9279-1", "phr-citizen", Labels.NORMAL);
        save(person, dense, minutes(dense, 0, 40));
        settle(person);
        save(
                person,
                other,
                IntStream.range(0, 40)
                        .mapToObj(i -> other.at(
                                "rr-" + i, Instant.parse("2026-04-01T00:00:00Z").plusSeconds(60L * (i / 3)), "15"))
                        .toList());
        save(
                person,
                IntStream.range(0, 25)
                        .mapToObj(i -> Sample.of(person, i % 2 == 0 ? "Encounter" : "Organization", "d" + i)
                                .time(
                                        i % 5 == 0
                                                ? DataTime.UNKNOWN
                                                : DataTime.between(
                                                        Instant.parse("2026-04-01T00:00:00Z")
                                                                .plusSeconds(120L * i),
                                                        null)))
                        .toArray(Sample[]::new));
        for (Order order : Order.values()) {
            List<UUID> whole = ids(Permits.own(person), sorted(order, 0, null));
            assertEquals(105, Set.copyOf(whole).size(), order.name());
            assertEquals(105, whole.size(), order.name());
            for (int size : new int[] {1, 7, 50, 104, 105, 200}) {
                assertEquals(whole, paged(person, order, size), order + " in pages of " + size);
            }
        }
        List<UUID> oldest = new ArrayList<>(ids(Permits.own(person), sorted(Order.OLDEST, 0, null)));
        Collections.reverse(oldest);
        assertEquals(ids(Permits.own(person), sorted(Order.NEWEST, 0, null)), oldest);
    }

    private List<UUID> paged(PersonId person, Order order, int size) {
        List<UUID> ids = new ArrayList<>();
        @Nullable Position after = null;
        do {
            try (Results results = store().search(Permits.own(person), sorted(order, size, after))) {
                results.forEachRemaining(entry -> ids.add(entry.id()));
                after = results.continuation().orElse(null);
            }
        } while (after != null);
        return ids;
    }

    @Test
    default void pagesAreNotDisturbedBySamplesThatArriveAndSettleMeanwhile() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        save(person, dense, minutes(dense, 0, 60));
        Set<UUID> seen = new HashSet<>();
        @Nullable Position after = null;
        int late = 1_000;
        do {
            try (Results results = store().search(Permits.own(person), sorted(Order.NEWEST, 7, after))) {
                results.forEachRemaining(entry -> assertTrue(seen.add(entry.id()), "seen twice"));
                after = results.continuation().orElse(null);
            }
            save(person, dense, List.of(dense.minute(late++)));
            settle(person);
        } while (after != null);
        assertTrue(seen.containsAll(
                minutes(dense, 0, 60).stream().map(phr.fhir.sample.Sample::id).toList()));
    }

    @Test
    default void datesSelectWhatTheySelectOfDocuments() {
        Random random = new Random(23);
        PersonId packed = Sample.somebody();
        PersonId plain = Sample.somebody();
        Dense dense = Dense.heartRates(packed);
        Dense documents = Dense.heartRates(plain);
        save(packed, dense, minutes(dense, 0, 200));
        settle(packed);
        store().save(
                        Permits.contribute(plain),
                        ValidatedBatches.of(
                                Sample.intake(plain),
                                minutes(documents, 0, 200).stream()
                                        .map(Document::of)
                                        .toList(),
                                List.of()));
        for (int round = 0; round < 200; round++) {
            Instant from = Instant.parse("2026-04-01T00:00:00Z").plusSeconds(random.nextInt(13_000));
            DataTime value = DataTime.between(from, from.plusSeconds(new int[] {1, 60, 3_600}[random.nextInt(3)]));
            Comparison comparison = Comparison.values()[random.nextInt(Comparison.values().length)];
            Query query = dated(new DateFilter(comparison, value));
            List<String> expected = keys(plain, query);
            assertEquals(expected, keys(packed, query), "seed 23, round " + round + ", " + comparison);
            assertEquals(expected.size(), store().count(Permits.own(packed), query));
        }
    }

    private List<String> keys(PersonId person, Query query) {
        return all(Permits.own(person), query).stream()
                .map(entry -> entry.source().id())
                .toList();
    }

    @Test
    default void tokensIdsAndTheTimeOfStoringSelectSamples() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        Dense other = Dense.of(person, "http://loinc.org|9279-1", "phr-citizen", Labels.NORMAL);
        save(person, dense, minutes(dense, 0, 10));
        save(person, other, List.of(other.at("x", Instant.parse("2026-04-01T00:00:00Z"), "14")));
        Permit own = Permits.own(person);
        for (String code : List.of(Dense.HEART_RATE, "8867-4", "http://loinc.org|")) {
            assertEquals(
                    code.endsWith("|") ? 11 : 10,
                    all(own, tokens("code", code, false)).size(),
                    code);
        }
        assertEquals(1, all(own, tokens("code", Dense.HEART_RATE, true)).size());
        assertEquals(0, all(own, tokens("code", "|8867-4", false)).size());
        for (String identifier : List.of("hr-4", Dense.STORE + "|hr-4")) {
            assertEquals(List.of(dense.minute(4).id()), ids(own, tokens("identifier", identifier, false)), identifier);
        }
        assertEquals(10, all(own, tokens("identifier", "hr-4", true)).size());
        assertEquals(
                11, all(own, tokens("identifier", Dense.STORE + "|", false)).size());
        Query two = Query.of(Set.of(
                "Observation/" + dense.minute(2).id(),
                "Observation/" + dense.minute(3).id(),
                "Observation/" + UUID.randomUUID(),
                "Encounter/" + dense.minute(4).id()));
        assertEquals(List.of(dense.minute(3).id(), dense.minute(2).id()), ids(own, two));
        assertEquals(11, all(own, updated(Comparison.GE)).size());
        assertEquals(0, all(own, updated(Comparison.LT)).size());
        assertEquals(
                11,
                all(own, Query.referring("Observation", Set.of("Patient/" + person)))
                        .size());
        assertEquals(
                0, all(own, Query.referring("Observation", Set.of("Device/x"))).size());
    }

    private static Query tokens(String parameter, String value, boolean not) {
        return new Query(
                Set.of("Observation"), List.of(new TokenFilter(parameter, List.of(value), not)), List.of(), 0, null);
    }

    private static Query updated(Comparison comparison) {
        Instant past = Instant.parse("2020-01-01T00:00:00Z");
        DateFilter filter = new DateFilter(comparison, DataTime.between(past, past.plusSeconds(1)));
        return new Query(Set.of(), Set.of(), Set.of(), List.of(), List.of(), List.of(filter), Order.NEWEST, 0, null);
    }

    @Test
    default void policiesSelectOfSamplesWhatTheySelectInMemory() {
        for (long seed = 31; seed <= 36; seed++) {
            Random dice = new Random(seed);
            PersonId person = Sample.somebody();
            RandomFacts random = new RandomFacts(dice, person, 24);
            List<Sample> documents = new ArrayList<>();
            List<Facts> facts = new ArrayList<>();
            List<String> references = new ArrayList<>();
            for (int series = 0; series < 4; series++) {
                Dense dense = Dense.like(person, random.samples().get(series).facts(), "series-" + series);
                List<phr.fhir.sample.Sample> samples = IntStream.range(0, 12)
                        .mapToObj(i -> dense.at("s" + i, RandomFacts.instant(dice, 0, 20), "60"))
                        .toList();
                save(person, dense, samples);
                samples.forEach(sample -> facts.add(dense.shape().facts(sample)));
                references.add("Observation/" + samples.get(0).id());
            }
            for (Sample document : random.samples()) {
                Set<String> links = new HashSet<>(document.facts().linksOut());
                links.add(references.get(dice.nextInt(references.size())));
                documents.add(document.links(links.toArray(String[]::new)));
            }
            Sample patient = Sample.of(person, "Patient", "p").id(person.value());
            documents.add(patient);
            save(person, documents.toArray(Sample[]::new));
            documents.forEach(document -> facts.add(document.facts()));
            if (seed % 2 == 0) {
                settle(person);
            }
            for (int round = 0; round < 60; round++) {
                Predicate predicate = random.predicate(4);
                assertSelects("seed " + seed + ", round " + round, person, facts, predicate);
            }
            for (String reference : references) {
                assertSelects(
                        "seed " + seed, person, facts, new Predicate.In(Predicate.Scalar.REFERENCE, Set.of(reference)));
            }
        }
    }

    private void assertSelects(String where, PersonId person, List<Facts> facts, Predicate predicate) {
        Evaluation evaluation = new Evaluation(Referrers.among(facts));
        List<String> expected = facts.stream()
                .filter(one -> evaluation.holds(predicate, one))
                .map(Facts::reference)
                .sorted()
                .toList();
        Permit permit = Permits.recipient(person, Action.READ, predicate);
        assertEquals(expected, references(permit).stream().sorted().toList(), where);
        assertEquals(expected.size(), store().count(permit, Query.everything()), where);
        Facts one = facts.get(Math.floorMod(where.hashCode(), facts.size()));
        assertEquals(
                expected.contains(one.reference()),
                store().read(permit, one.type(), one.id()).isPresent(),
                where + ", read by id");
    }

    @Test
    default void theFirstGrantThatHoldsGivesTheObligations() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        save(person, dense, minutes(dense, 0, 10));
        Instant cut = Instant.parse("2026-04-01T00:05:00Z");
        Permit permit = Permits.of(
                Permits.request(person, Action.READ, Capacity.RECIPIENT, "sakura-clinic", "TREAT"),
                0,
                Permits.FOREVER,
                List.of(
                        new Grant(new Predicate.TimeWithin(null, cut), Set.of(Obligation.NO_ONWARD)),
                        new Grant(Predicate.ALWAYS, Set.of(Obligation.MASK_REFERENCES))));
        for (Entry entry : all(permit, Query.everything())) {
            boolean early = Objects.requireNonNull(entry.time().from()).isBefore(cut);
            assertEquals(Set.of(early ? Obligation.NO_ONWARD : Obligation.MASK_REFERENCES), entry.obligations());
            assertEquals(Set.of(), entry.hidden());
        }
    }

    @Test
    default void aReferenceToAPermittedSampleIsNotMaskedAndOneToAHiddenSampleIs() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        save(person, dense, minutes(dense, 0, 2));
        settle(person);
        String shown = "Observation/" + dense.minute(0).id();
        String hidden = "Observation/" + dense.minute(1).id();
        save(person, Sample.of(person, "Encounter", "e").links(shown, hidden));
        Permit permit = Permits.of(
                Permits.request(person, Action.READ, Capacity.RECIPIENT, "sakura-clinic", "TREAT"),
                0,
                Permits.FOREVER,
                List.of(new Grant(
                        new Predicate.Not(new Predicate.In(Predicate.Scalar.REFERENCE, Set.of(hidden))),
                        Set.of(Obligation.MASK_REFERENCES))));
        Entry encounter = all(permit, new Query(Set.of("Encounter"), List.of(), List.of(), 0, null))
                .get(0);
        assertEquals(Set.of(hidden), encounter.hidden());
    }

    @Test
    default void aPermitToContributeMustCoverEachSample() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        Permit activity = Permits.recipient(
                person,
                Action.CONTRIBUTE,
                new Predicate.Overlaps(Predicate.SetFact.CATEGORIES, Set.of("lifelog-activity"), false));
        assertThrows(RuntimeException.class, () -> store().save(activity, dense.batch(dense.minute(1))));
        Permit early = Permits.recipient(
                person, Action.CONTRIBUTE, new Predicate.TimeWithin(null, Instant.parse("2026-04-01T00:05:00Z")));
        assertThrows(RuntimeException.class, () -> store().save(early, dense.batch(minutes(dense, 0, 9))));
        assertEquals(new Saved(5, 0, 0, 0), store().save(early, dense.batch(minutes(dense, 0, 5))));
    }

    @Test
    default void aRevocationEndsARunningAnswer() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        save(person, dense, minutes(dense, 0, 9_000));
        settle(person);
        try (Results results = store().search(Permits.own(person), Query.everything())) {
            results.next();
            changeConsents(person);
            assertThrows(StalePermitException.class, () -> results.forEachRemaining(entry -> {}));
        }
        assertThrows(
                StalePermitException.class, () -> stored(person, dense.minute(1).id()));
    }

    @Test
    default void wholeDaysOfSamplesAreAggregable() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        // 2026-04-01T00:00Z is 09:00 in Tokyo: three Tokyo days are touched, and the last is not whole for the grant
        save(person, dense, minutes(dense, 0, 2_880));
        settle(person);
        Instant from = Instant.parse("2026-03-31T15:00:00Z");
        Permit permit = Permits.aggregating(
                person,
                new Grant(
                        new Predicate.TimeWithin(from, from.plusSeconds(2 * 86_400 + 60)),
                        Set.of(Obligation.aggregateOnly("DAY", Set.of("AVG")))));
        assertEquals(List.of(), references(permit));
        int counted = 0;
        try (Portions portions = store().aggregable(permit, CalendarUnit.DAY, sorted(Order.OLDEST, 0, null))) {
            while (portions.hasNext()) {
                counted += portions.next().count();
            }
        }
        assertEquals(900 + 1_440, counted);
    }

    @Test
    default void nothingOfABatchStaysWhenTheRestFails() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        assertThrows(IllegalStateException.class, () -> store().together(() -> {
            save(person, dense, minutes(dense, 0, 5));
            throw new IllegalStateException("the rest fails");
        }));
        assertEquals(0, store().count(Permits.own(person), Query.everything()));
        assertEquals(new Saved(5, 0, 0, 0), save(person, dense, minutes(dense, 0, 5)));
        assertFalse(ids(Permits.own(person), Query.everything()).isEmpty());
    }

    @Test
    default void keysOfEveryKindComeBackAsTheyWere() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        Random random = new Random(5);
        List<List<String>> kinds = List.of(
                Stream.generate(() -> "urn:uuid:" + new UUID(random.nextLong(), random.nextLong()))
                        .limit(50)
                        .toList(),
                Stream.generate(() -> Sha256.of(new byte[] {(byte) random.nextInt(), (byte) random.nextInt()})
                                .hex())
                        .distinct()
                        .limit(50)
                        .toList(),
                IntStream.range(0, 50).mapToObj(i -> "a7/00" + (100 + i)).toList(),
                IntStream.range(0, 50).mapToObj(i -> "b" + i * 7_919L).toList(),
                IntStream.range(0, 50)
                        .mapToObj(i -> "c" + (i % 3 == 0 ? "0" : "") + i)
                        .toList(),
                IntStream.range(0, 50)
                        .mapToObj(i -> "測定" + "\uD83D\uDE00".repeat(i % 3) + i + "日")
                        .toList(),
                List.of("", "9".repeat(30), "0", "-1", "01", "1"));
        int at = 0;
        for (List<String> kind : kinds) {
            Instant start = Instant.parse("2026-05-01T00:00:00Z").plusSeconds(86_400L * at++);
            List<phr.fhir.sample.Sample> samples = IntStream.range(0, kind.size())
                    .mapToObj(i -> dense.at(kind.get(i), start.plusSeconds(i), "60"))
                    .toList();
            save(person, dense, samples);
            settle(person);
            for (phr.fhir.sample.Sample sample : samples) {
                assertEquals(sample.key(), stored(person, sample.id()).source().id());
            }
        }
    }

    @Test
    default void samplesBefore1970AndWithOffsetsAreInOrder() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.heartRates(person);
        List<String> times = List.of(
                "1931-07-01T00:00:00+09:00",
                "1969-12-31T23:59:59.999999Z",
                "1970-01-01T00:00:00Z",
                "2026-01-01T00:00:00-11:00",
                "2026-01-01T23:00:00+09:00");
        List<phr.fhir.sample.Sample> samples = IntStream.range(0, times.size())
                .mapToObj(i -> new phr.fhir.sample.Sample(
                        dense.shape(),
                        dense.id("t" + i),
                        "t" + i,
                        Objects.requireNonNull(Moment.parse(times.get(i))),
                        null,
                        null,
                        List.of(new Decimal(-5, 1))))
                .toList();
        save(person, dense, samples);
        settle(person);
        List<String> read = all(Permits.own(person), sorted(Order.OLDEST, 0, null)).stream()
                .map(entry -> new String(entry.json(), StandardCharsets.UTF_8))
                .map(json -> json.replaceAll(".*effectiveDateTime\":\"([^\"]+)\".*\"value\":([^,]+),.*", "$1 $2"))
                .toList();
        assertEquals(
                List.of(0, 1, 2, 3, 4).stream()
                        .sorted(Comparator.comparing(i -> samples.get(i).from()))
                        .map(i -> times.get(i) + " -0.5")
                        .toList(),
                read);
    }
}
