package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.consent.Predicate.AtMost;
import phr.consent.StalePermitException;
import phr.fhir.PersonId;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Labels;
import phr.fhir.failure.Category;
import phr.gateway.record.Query.TokenFilter;

/** Versions and deletion: each version is decided by what it was itself (consent-semantics.md §14.2). */
interface HistoryContract extends StoreUnderTest {

    Labels RESTRICTED = new Labels(true, Confidentiality.R, Set.of());

    private Sample threeVersions(PersonId person) {
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample.content("one"));
        save(person, sample.content("two").labels(RESTRICTED));
        save(person, sample.content("three"));
        return sample;
    }

    private static Permit ordinary(PersonId person) {
        return Permits.recipient(person, Action.READ, new AtMost(Confidentiality.N));
    }

    private List<Integer> versions(Permit permit, Sample sample) {
        List<Integer> versions = new ArrayList<>();
        try (Results results = store().history(permit, sample.facts().type(), sample.id())) {
            results.forEachRemaining(entry -> versions.add(entry.version()));
        }
        return versions;
    }

    @Test
    default void aHistoryIsNewestFirst() {
        PersonId person = Sample.somebody();
        Sample sample = threeVersions(person);
        assertEquals(List.of(3, 2, 1), versions(Permits.own(person), sample));
        Entry second = store().version(Permits.own(person), "Observation", sample.id(), 2)
                .orElseThrow();
        assertEquals("two", Sample.textOf(second));
        assertEquals(Optional.empty(), store().version(Permits.own(person), "Observation", sample.id(), 4));
        assertEquals(List.of(), versions(Permits.own(person), sample.id(UUID.randomUUID())), "an id that nobody uses");
    }

    @Test
    default void eachVersionIsDecidedByItsOwnLabels() {
        PersonId person = Sample.somebody();
        Sample sample = threeVersions(person);
        assertEquals(List.of(3, 1), versions(ordinary(person), sample));
        assertEquals(Optional.empty(), store().version(ordinary(person), "Observation", sample.id(), 2));
        assertTrue(
                store().version(ordinary(person), "Observation", sample.id(), 1).isPresent());
        save(person, sample.content("four").labels(RESTRICTED));
        assertEquals(Optional.empty(), store().latest(ordinary(person), "Observation", sample.id()));
        assertEquals(List.of(3, 1), versions(ordinary(person), sample));
        assertEquals(List.of(), versions(Permits.recipient(person, Action.READ), sample));
    }

    @Test
    default void whatIsDeletedIsInNoAnswerButItsHistory() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a").tokens(Map.of("code", Set.of("s|c")));
        save(person, sample, Sample.of(person, "Observation", "b"));
        Permit own = Permits.own(person);
        assertTrue(store().delete(Permits.self(person, Action.CORRECT, 0), "Observation", sample.id()));
        assertEquals(Optional.empty(), store().read(own, "Observation", sample.id()));
        assertFalse(references(own).contains(sample.reference()));
        assertEquals(1, store().count(own, Query.everything()));
        Query byCode = new Query(Set.of(), List.of(new TokenFilter("code", List.of("c"))), List.of(), 0, null);
        assertEquals(List.of(), references(own, byCode));
        Entry deletion = store().latest(own, "Observation", sample.id()).orElseThrow();
        assertTrue(deletion.deleted());
        assertEquals(2, deletion.version());
        assertEquals(0, deletion.json().length);
        assertEquals(List.of(2, 1), versions(own, sample));
        assertEquals(
                "plain",
                Sample.textOf(
                        store().version(own, "Observation", sample.id(), 1).orElseThrow()));
    }

    @Test
    default void aDeletionIsKnownOnlyToWhoCouldReadTheLastVersion() {
        PersonId person = Sample.somebody();
        Sample seen = Sample.of(person, "Observation", "seen");
        Sample unseen = Sample.of(person, "Observation", "unseen").labels(RESTRICTED);
        save(person, seen, unseen);
        for (Sample sample : List.of(seen, unseen)) {
            store().delete(Permits.own(person), "Observation", sample.id());
        }
        assertTrue(store().latest(ordinary(person), "Observation", seen.id()).isPresent());
        assertEquals(Optional.empty(), store().latest(ordinary(person), "Observation", unseen.id()));
        assertEquals(List.of(), versions(ordinary(person), unseen));
    }

    @Test
    default void deletingTwiceOrNothingChangesNothing() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample);
        assertTrue(store().delete(Permits.own(person), "Observation", sample.id()));
        assertTrue(store().delete(Permits.own(person), "Observation", sample.id()));
        assertEquals(List.of(2, 1), versions(Permits.own(person), sample));
        assertFalse(store().delete(Permits.own(person), "Observation", UUID.randomUUID()));
        PersonId other = Sample.somebody();
        save(other, Sample.of(other, "Observation", "b"));
        assertFalse(store().delete(Permits.own(other), "Observation", sample.id()));
    }

    @Test
    default void onlyThePersonHerselfDeletes() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample);
        Permit clinic = Permits.recipient(person, Action.CORRECT, Predicate.ALWAYS);
        WritingContract.assertRefused(Category.FORBIDDEN, () -> store().delete(clinic, "Observation", sample.id()));
        assertTrue(store().read(Permits.own(person), "Observation", sample.id()).isPresent());
    }

    @Test
    default void theSameContentSentAgainStaysDeletedAndOtherContentComesBack() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample);
        store().delete(Permits.own(person), "Observation", sample.id());
        assertEquals(new Saved(0, 0, 1, 0), save(person, sample));
        assertEquals(Optional.empty(), store().read(Permits.own(person), "Observation", sample.id()));
        assertEquals(new Saved(0, 1, 0, 0), save(person, sample.content("corrected")));
        assertEquals("corrected", Sample.textOf(stored(person, sample)));
        assertEquals(List.of(3, 2, 1), versions(Permits.own(person), sample));
    }

    @Test
    default void whatIsDeletedReleasesNoSupportingResource() {
        PersonId person = Sample.somebody();
        Sample clinic = Sample.of(person, "Organization", "clinic");
        Sample vitals = Sample.of(person, "Observation", "a").links(clinic.reference());
        save(person, clinic, vitals);
        Predicate referred = new Predicate.ReferredToBy(new Predicate.In(Predicate.Scalar.TYPE, Set.of("Observation")));
        Permit permit = Permits.recipient(person, Action.READ, referred);
        assertEquals(List.of(clinic.reference()), references(permit));
        assertTrue(store().read(permit, "Organization", clinic.id()).isPresent());
        store().delete(Permits.own(person), "Observation", vitals.id());
        assertEquals(List.of(), references(permit));
        assertEquals(Optional.empty(), store().read(permit, "Organization", clinic.id()));
    }

    @Test
    default void aHistoryEndsWithTheConsentsItWasOpenedUnder() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a").time(Sample.day(LocalDate.of(2026, 1, 1)));
        save(person, sample);
        changeConsents(person);
        assertThrows(StalePermitException.class, () -> versions(Permits.own(person), sample));
        assertThrows(StalePermitException.class, () -> store().delete(Permits.own(person), "Observation", sample.id()));
    }
}
