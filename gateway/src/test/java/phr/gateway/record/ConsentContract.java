package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.Evaluation;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.consent.Predicate.In;
import phr.consent.Predicate.Overlaps;
import phr.consent.Predicate.Scalar;
import phr.consent.Predicate.SetFact;
import phr.consent.Referrers;
import phr.fhir.PersonId;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Tokens;
import phr.fhir.failure.Category;
import phr.gateway.record.Query.TokenFilter;

/** How consent narrows what is read. */
interface ConsentContract extends StoreUnderTest {

    @Test
    default void everyLeafSelectsInBothPolaritiesWhatItSelectsInMemory() {
        for (long seed = 1; seed <= 3; seed++) {
            PersonId person = Sample.somebody();
            RandomFacts random = new RandomFacts(new Random(seed), person, 40);
            List<Sample> samples = random.samples();
            save(person, samples.toArray(Sample[]::new));
            for (int leaf = 0; leaf < RandomFacts.LEAVES; leaf++) {
                for (int round = 0; round < 4; round++) {
                    Predicate predicate = random.leaf(leaf);
                    assertSame("seed " + seed + ", leaf " + leaf, person, samples, predicate);
                    assertSame("seed " + seed + ", not leaf " + leaf, person, samples, new Predicate.Not(predicate));
                }
            }
        }
    }

    @Test
    default void composedPoliciesSelectWhatTheySelectInMemory() {
        for (long seed = 11; seed <= 13; seed++) {
            PersonId person = Sample.somebody();
            RandomFacts random = new RandomFacts(new Random(seed), person, 40);
            List<Sample> samples = random.samples();
            save(person, samples.toArray(Sample[]::new));
            for (int round = 0; round < 60; round++) {
                assertSame("seed " + seed + ", round " + round, person, samples, random.predicate(4));
            }
        }
    }

    private void assertSame(String where, PersonId person, List<Sample> samples, Predicate predicate) {
        List<Facts> facts = samples.stream().map(Sample::facts).toList();
        Evaluation evaluation = new Evaluation(Referrers.among(facts));
        Set<String> expected = facts.stream()
                .filter(one -> evaluation.holds(predicate, one))
                .map(Facts::reference)
                .collect(Collectors.toSet());
        List<String> found = references(Permits.recipient(person, Action.READ, predicate));
        assertEquals(expected, Set.copyOf(found), where);
        assertEquals(expected.size(), found.size(), where);
        Facts one = facts.get(Math.floorMod(where.hashCode(), facts.size()));
        assertEquals(
                expected.contains(one.reference()),
                store().read(Permits.recipient(person, Action.READ, predicate), one.type(), one.id())
                        .isPresent(),
                where + ", read by id");
    }

    @Test
    default void aPermitWithoutGrantsShowsNothing() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample);
        Permit nothing = Permits.recipient(person, Action.READ);
        assertEquals(List.of(), references(nothing));
        assertEquals(Optional.empty(), store().read(nothing, "Observation", sample.id()));
    }

    @Test
    default void theFirstTrueGrantGivesTheObligations() {
        PersonId person = Sample.somebody();
        Sample vitals = Sample.of(person, "Observation", "a");
        Sample lab = Sample.of(person, "Observation", "b").categories(Tokens.of(Set.of("lab")));
        Sample both = Sample.of(person, "Observation", "c").categories(Tokens.of(Set.of("lab", "lifelog-vitals")));
        save(person, vitals, lab, both, Sample.of(person, "Observation", "d").categories(Tokens.UNKNOWN));
        Permit permit = masked(
                person,
                new Grant(category("lifelog-vitals"), Set.of(Obligation.KEEP_LABELS)),
                new Grant(category("lab"), Set.of(Obligation.REDACT_DEMOGRAPHICS)));
        Map<String, Set<Obligation>> obligations = all(permit, Query.everything()).stream()
                .collect(Collectors.toMap(entry -> entry.type() + "/" + entry.id(), Entry::obligations));
        assertEquals(
                Map.of(
                        vitals.reference(), Set.of(Obligation.KEEP_LABELS),
                        both.reference(), Set.of(Obligation.KEEP_LABELS),
                        lab.reference(), Set.of(Obligation.REDACT_DEMOGRAPHICS)),
                obligations);
        Entry entry = store().read(permit, "Observation", lab.id()).orElseThrow();
        assertEquals(Set.of(Obligation.REDACT_DEMOGRAPHICS), entry.obligations());
    }

    private static Permit masked(PersonId person, Grant... grants) {
        return Permits.of(
                Permits.request(person, Action.READ, Capacity.RECIPIENT, "sakura-clinic", "TREAT"),
                0,
                Permits.FOREVER,
                List.of(grants));
    }

    private static Predicate category(String code) {
        return new Overlaps(SetFact.CATEGORIES, Set.of(code), false);
    }

    @Test
    default void referencesToWhatIsNotPermittedOrNotThereAreNamedAsHidden() {
        PersonId person = Sample.somebody();
        Sample seen = Sample.of(person, "Encounter", "seen");
        Sample unseen = Sample.of(person, "Encounter", "unseen").categories(Tokens.of(Set.of("lab")));
        String nowhere = "Encounter/" + UUID.randomUUID();
        Sample subject = Sample.of(person, "Observation", "a")
                .links(seen.reference(), unseen.reference(), nowhere, "Patient/" + person);
        save(person, seen, unseen, subject);
        Permit masking = masked(person, new Grant(category("lifelog-vitals"), Set.of(Obligation.MASK_REFERENCES)));
        Entry entry = store().read(masking, "Observation", subject.id()).orElseThrow();
        assertEquals(Set.of(unseen.reference(), nowhere), entry.hidden());
        assertEquals(
                Set.of(),
                store().read(masking, "Encounter", seen.id()).orElseThrow().hidden());
        Permit plain = masked(person, new Grant(category("lifelog-vitals"), Set.of()));
        assertEquals(
                Set.of(),
                store().read(plain, "Observation", subject.id()).orElseThrow().hidden());
    }

    @Test
    default void maskingLooksAtAllGrantsAndOnlyAtRowsThatMustBeMasked() {
        PersonId person = Sample.somebody();
        Sample lab = Sample.of(person, "Observation", "lab").categories(Tokens.of(Set.of("lab")));
        Sample vitals = Sample.of(person, "Observation", "vitals").links(lab.reference(), "Encounter/gone");
        Sample other = Sample.of(person, "Observation", "other")
                .categories(Tokens.of(Set.of("lab")))
                .links("Encounter/gone");
        save(person, lab, vitals, other);
        Permit permit = masked(
                person,
                new Grant(category("lifelog-vitals"), Set.of(Obligation.MASK_REFERENCES)),
                new Grant(category("lab"), Set.of()));
        Map<UUID, Set<String>> hidden =
                all(permit, Query.everything()).stream().collect(Collectors.toMap(Entry::id, Entry::hidden));
        assertEquals(Map.of(vitals.id(), Set.of("Encounter/gone"), lab.id(), Set.of(), other.id(), Set.of()), hidden);
    }

    @Test
    default void aSupportingResourceIsReleasedWhenAPermittedOneRefersToIt() {
        PersonId person = Sample.somebody();
        Sample clinic = Sample.of(person, "Organization", "clinic").categories(Tokens.ABSENT);
        Sample secret = Sample.of(person, "Organization", "secret").categories(Tokens.ABSENT);
        Sample vitals = Sample.of(person, "Observation", "a").links(clinic.reference());
        Sample lab = Sample.of(person, "Observation", "b")
                .categories(Tokens.of(Set.of("lab")))
                .links(secret.reference());
        save(person, clinic, secret, vitals, lab);
        Predicate supporting = new Predicate.All(List.of(
                new In(Scalar.TYPE, Set.of("Organization")), new Predicate.ReferredToBy(category("lifelog-vitals"))));
        Permit permit = Permits.recipient(person, Action.READ, category("lifelog-vitals"), supporting);
        assertEquals(Set.of(vitals.reference(), clinic.reference()), Set.copyOf(references(permit)));
        assertTrue(store().read(permit, "Organization", clinic.id()).isPresent());
        assertEquals(Optional.empty(), store().read(permit, "Organization", secret.id()));
    }

    @Test
    default void aRoleThatAPermittedResourceNamesReleasesItsPractitioner() {
        PersonId person = Sample.somebody();
        Sample doctor = Sample.of(person, "Practitioner", "doctor").categories(Tokens.ABSENT);
        Sample role = Sample.of(person, "PractitionerRole", "role")
                .categories(Tokens.ABSENT)
                .links(doctor.reference());
        Sample vitals = Sample.of(person, "Observation", "a").links(role.reference());
        save(
                person,
                doctor,
                role,
                vitals,
                Sample.of(person, "Practitioner", "stranger").categories(Tokens.ABSENT));
        Predicate shown = category("lifelog-vitals");
        Predicate referredRole = new Predicate.All(
                List.of(new In(Scalar.TYPE, Set.of("PractitionerRole")), new Predicate.ReferredToBy(shown)));
        Predicate supporting = new Predicate.All(List.of(
                new In(Scalar.TYPE, Set.of("Practitioner", "PractitionerRole")),
                new Predicate.ReferredToBy(new Predicate.Any(List.of(shown, referredRole)))));
        Permit permit = masked(
                person,
                new Grant(shown, Set.of(Obligation.MASK_REFERENCES)),
                new Grant(supporting, Set.of(Obligation.MASK_REFERENCES)));
        List<Entry> found = all(permit, Query.everything());
        assertEquals(
                Set.of(vitals.id(), role.id(), doctor.id()),
                found.stream().map(Entry::id).collect(Collectors.toSet()));
        assertTrue(found.stream().allMatch(entry -> entry.hidden().isEmpty()), "every reference leads somewhere");
        assertTrue(store().read(permit, "Practitioner", doctor.id()).isPresent());
    }

    @Test
    default void aPermitToContributeReadsOnlyForThePersonHerself() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample);
        Permit vendor = Permits.recipient(person, Action.CONTRIBUTE, Predicate.ALWAYS);
        WritingContract.assertRefused(Category.FORBIDDEN, () -> store().read(vendor, "Observation", sample.id()));
        WritingContract.assertRefused(Category.FORBIDDEN, () -> store().search(vendor, Query.everything()));
        WritingContract.assertRefused(Category.FORBIDDEN, () -> store().original(vendor, sample.id()));
        assertEquals(List.of(sample.reference()), references(Permits.contribute(person)));
    }

    @Test
    default void aReferrerInAnotherRecordReleasesNothing() {
        PersonId person = Sample.somebody();
        PersonId other = Sample.somebody();
        Sample clinic = Sample.of(person, "Organization", "clinic").categories(Tokens.ABSENT);
        save(person, clinic);
        save(other, Sample.of(other, "Observation", "a").links(clinic.reference()));
        Predicate referred = new Predicate.ReferredToBy(category("lifelog-vitals"));
        assertEquals(List.of(), references(Permits.recipient(person, Action.READ, referred)));
    }

    @Test
    default void aNarrowedPermitShowsOnlyWhatBothAllow() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample, Sample.of(person, "Encounter", "b"));
        Permit narrowed = Permits.own(person).narrowedTo(new In(Scalar.TYPE, Set.of("Observation")));
        assertEquals(List.of(sample.reference()), references(narrowed));
    }

    @Test
    default void hostileTextIsOnlyText() {
        PersonId person = Sample.somebody();
        for (String hostile : List.of(
                "'; DROP TABLE document; --",
                "\" OR 1=1 --",
                "{1,2}') OR TRUE --",
                "$1 ? :x \\ %",
                "ARRAY[1]::bigint[]",
                "\u2028\u202e'",
                "a".repeat(100_000))) {
            Tokens words = Tokens.of(Set.of(hostile));
            Sample bare = Sample.of(person, "Observation", "h" + hostile.hashCode());
            Sample sample = bare.source(hostile, hostile)
                    .categories(words)
                    .codes(hostile)
                    .links(hostile)
                    .tokens(Map.of("code", Set.of(hostile), hostile, Set.of("s|c")));
            save(person, sample);
            assertEquals(hostile, stored(person, sample).source().id());
            assertEquals(Set.of(hostile), stored(person, sample).categories());
            for (Predicate predicate : hostilePredicates(hostile)) {
                Permit permit = Permits.recipient(person, Action.READ, predicate);
                assertEquals(
                        List.of(sample.reference()),
                        references(permit),
                        predicate.getClass().getSimpleName());
            }
            Query query = new Query(
                    Set.of(),
                    List.of(new TokenFilter("code", List.of(hostile)), new TokenFilter(hostile, List.of("c"))),
                    List.of(),
                    0,
                    null);
            assertEquals(List.of(sample.reference()), references(Permits.own(person), query));
            assertEquals(
                    List.of(),
                    references(Permits.own(person), new Query(Set.of(hostile), List.of(), List.of(), 0, null)));
            assertEquals(Optional.empty(), store().read(Permits.own(person), hostile, sample.id()));
            assertEquals(Optional.empty(), owners().owner(hostile, sample.id()));
        }
        assertEquals(7, new HashSet<>(references(Permits.own(person))).size(), "all of it is still there");
    }

    private static List<Predicate> hostilePredicates(String hostile) {
        return List.of(
                new Overlaps(SetFact.CATEGORIES, Set.of(hostile), false),
                new Overlaps(SetFact.CODES, Set.of(hostile), false),
                new Overlaps(SetFact.LINKS_OUT, Set.of(hostile), false));
    }
}
