package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.consent.Predicate.Overlaps;
import phr.consent.Predicate.SetFact;
import phr.consent.StalePermitException;
import phr.fhir.PersonId;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;
import phr.fhir.validate.Validated;

/** How a record is written. */
interface WritingContract extends StoreUnderTest {

    @Test
    default void whatIsSavedIsReadBackWithItsMetaAndNothingElseChanged() {
        PersonId person = Sample.somebody();
        Labels labels = new Labels(true, Confidentiality.R, Set.of("HIV", "http://other.example|x"));
        Sample sample =
                Sample.of(person, "Observation", "a").content("血圧 \\\" 値").labels(labels);
        assertEquals(new Saved(1, 0, 0, 0), save(person, sample));
        Entry entry = stored(person, sample);
        assertEquals(1, entry.version());
        assertEquals(sample.source(), entry.source());
        assertEquals(Set.of("lifelog-vitals"), entry.categories());
        String meta = ",\"meta\":{\"versionId\":\"1\",\"lastUpdated\":\"" + entry.lastUpdated()
                + "\",\"source\":\"https://phr-b.example/fhir\",\"profile\":[\"http://example.org/p\"],\"security\":["
                + "{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-Confidentiality\",\"code\":\"R\"},"
                + "{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"HIV\"},"
                + "{\"system\":\"http://other.example\",\"code\":\"x\"}]}";
        assertEquals(sample.head() + meta + sample.tail(), new String(entry.json(), StandardCharsets.UTF_8));
    }

    @Test
    default void anUnlabelledResourceGetsNoLabel() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a").labels(Labels.UNLABELLED);
        save(person, sample);
        String json = new String(stored(person, sample).json(), StandardCharsets.UTF_8);
        assertTrue(!json.contains("security"), "no security element");
    }

    @Test
    default void theSameContentAgainIsADuplicate() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a").codes("http://loinc.org|1");
        save(person, sample);
        Instant first = stored(person, sample).lastUpdated();
        assertEquals(new Saved(0, 0, 1, 0), save(person, sample));
        assertEquals(1, stored(person, sample).version());
        assertEquals(first, stored(person, sample).lastUpdated());
    }

    @Test
    default void otherContentOfTheSameSourceIdentityIsANewVersion() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample.content("one"));
        assertEquals(new Saved(0, 1, 0, 0), save(person, sample.content("two")));
        assertEquals(new Saved(0, 1, 0, 0), save(person, sample.content("three")));
        Entry entry = stored(person, sample);
        assertEquals(3, entry.version());
        assertEquals("three", Sample.textOf(entry));
        assertEquals(List.of(sample.reference()), references(Permits.own(person)));
    }

    @Test
    default void raisedLabelsAreANewVersionWithTheNewFacts() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample);
        Permit normal = Permits.recipient(person, Action.READ, new Predicate.AtMost(Confidentiality.N));
        assertEquals(List.of(sample.reference()), references(normal));
        save(person, sample.labels(new Labels(true, Confidentiality.V, Set.of())));
        assertEquals(List.of(), references(normal));
    }

    @Test
    default void theSameIdentityTwiceInOneBatchMakesTwoVersions() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        assertEquals(
                new Saved(1, 1, 1, 0),
                save(person, sample.content("one"), sample.content("two"), sample.content("two")));
        assertEquals(2, stored(person, sample).version());
    }

    @Test
    default void aKnownIdentityKeepsItsIdWhateverIdIsProposed() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample);
        assertEquals(new Saved(0, 0, 1, 0), save(person, sample.id(UUID.randomUUID())));
        assertEquals(
                new Saved(0, 1, 0, 0), save(person, sample.id(UUID.randomUUID()).content("new")));
        Entry entry = stored(person, sample);
        assertTrue(new String(entry.json(), StandardCharsets.UTF_8).startsWith(sample.head()));
        assertEquals(List.of(sample.reference()), references(Permits.own(person)));
    }

    @Test
    default void anIdOfAnotherSourceIdentityIsRefused() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample);
        Sample thief = sample.source("https://else.example", "Observation/1").content("stolen");
        assertRefused(Category.CONFLICT, () -> save(person, thief));
        assertRefused(Category.CONFLICT, () -> save(person, Sample.of(person, "Observation", "b"), thief));
        assertEquals("plain", Sample.textOf(stored(person, sample)));
        assertEquals(1, references(Permits.own(person)).size());
    }

    @Test
    default void anIdInAnotherPersonsRecordIsRefusedAndNothingOfTheBatchIsStored() {
        PersonId owner = Sample.somebody();
        PersonId other = Sample.somebody();
        Sample sample = Sample.of(owner, "Observation", "a");
        save(owner, sample);
        Sample fine = Sample.of(other, "Observation", "b");
        assertRefused(Category.CONFLICT, () -> save(other, fine, sample.content("mine")));
        assertEquals(List.of(), references(Permits.own(other)));
        assertEquals("plain", Sample.textOf(stored(owner, sample)));
        assertEquals(Optional.of(owner), owners().owner("Observation", sample.id()));
        assertEquals(Optional.empty(), owners().owner("Observation", fine.id()));
        assertEquals(Optional.empty(), owners().owner("Patient", sample.id()));
        assertEquals(Set.of(sample.id()), owners().ofOthers(other, Set.of(sample.id(), fine.id())));
        assertEquals(Set.of(), owners().ofOthers(owner, Set.of(sample.id(), fine.id())));
    }

    @Test
    default void aPermitForAnotherActionOrPersonWritesNothing() {
        PersonId person = Sample.somebody();
        Validated batch = Sample.batch(person, Sample.of(person, "Observation", "a"));
        assertRefused(Category.FORBIDDEN, () -> store().save(Permits.own(person), batch));
        assertRefused(Category.FORBIDDEN, () -> store().save(Permits.contribute(Sample.somebody()), batch));
        assertEquals(List.of(), references(Permits.own(person)));
    }

    @Test
    default void aRecipientWritesOnlyWhatItsPermitCovers() {
        PersonId person = Sample.somebody();
        Predicate vitals = new Overlaps(SetFact.CATEGORIES, Set.of("lifelog-vitals"), false);
        Permit permit = Permits.recipient(person, Action.CONTRIBUTE, vitals);
        Sample covered = Sample.of(person, "Observation", "a");
        Sample uncovered = Sample.of(person, "Observation", "b").categories(Tokens.of(Set.of("lab")));
        assertRefused(Category.FORBIDDEN, () -> store().save(permit, Sample.batch(person, covered, uncovered)));
        assertEquals(List.of(), references(Permits.own(person)));
        assertEquals(new Saved(1, 0, 0, 0), store().save(permit, Sample.batch(person, covered)));
        Permit nothing = Permits.recipient(person, Action.CONTRIBUTE);
        assertRefused(Category.FORBIDDEN, () -> store().save(nothing, Sample.batch(person, covered)));
    }

    @Test
    default void typesWithoutCategoryAccompanyCoveredResourcesAndAreNotWrittenAlone() {
        PersonId person = Sample.somebody();
        Predicate vitals = new Overlaps(SetFact.CATEGORIES, Set.of("lifelog-vitals"), false);
        Permit permit = Permits.recipient(person, Action.CONTRIBUTE, vitals);
        Sample device = Sample.of(person, "Device", "d").categories(Tokens.ABSENT);
        Sample pressure = Sample.of(person, "Observation", "a").links(device.reference());
        assertRefused(Category.FORBIDDEN, () -> store().save(permit, Sample.batch(person, device)));
        assertEquals(new Saved(2, 0, 0, 0), store().save(permit, Sample.batch(person, pressure, device)));
    }

    @Test
    default void aStalePermitWritesNothing() {
        PersonId person = Sample.somebody();
        changeConsents(person);
        assertThrows(StalePermitException.class, () -> save(person, Sample.of(person, "Observation", "a")));
        assertThrows(StalePermitException.class, () -> store().save(
                        Permits.contribute(person), List.of(), stored -> {}, saved -> saved));
        Permit fresh = Permits.self(person, Action.CONTRIBUTE, 1);
        store().save(fresh, Sample.batch(person, Sample.of(person, "Observation", "b")));
        assertEquals(1, references(Permits.self(person, Action.READ, 1)).size());
    }

    @Test
    default void severalSavesTogetherAreStoredTogether() {
        PersonId person = Sample.somebody();
        Saved saved = store().together(() -> {
            Saved first = save(person, Sample.of(person, "Observation", "a"));
            assertEquals(1, references(Permits.own(person)).size(), "one's own writes are seen");
            return first.plus(save(person, Sample.of(person, "Observation", "b")));
        });
        assertEquals(new Saved(2, 0, 0, 0), saved);
        assertEquals(2, references(Permits.own(person)).size());
    }

    @Test
    default void oneFailureOfSeveralSavesTogetherLeavesNothingAndTheNextSaveWorks() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        assertThrows(IllegalStateException.class, () -> store().together(() -> {
            save(person, sample);
            throw new IllegalStateException("the container broke off");
        }));
        assertEquals(List.of(), references(Permits.own(person)));
        assertEquals(Optional.empty(), owners().owner("Observation", sample.id()));
        assertEquals(new Saved(1, 0, 0, 0), save(person, sample));
        assertEquals("plain", Sample.textOf(stored(person, sample)));
    }

    @Test
    default void aFailedSaveThatTheCallerSwallowsStillUndoesAllOfIt() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        assertThrows(FailureException.class, () -> store().together(() -> {
            save(person, sample);
            assertThrows(FailureException.class, () -> save(person, sample.source("https://else.example", "x")));
            return "swallowed";
        }));
        assertEquals(List.of(), references(Permits.own(person)));
    }

    @Test
    default void anEmptyBatchIsNothing() {
        PersonId person = Sample.somebody();
        assertEquals(Saved.NOTHING, save(person));
    }

    @Test
    default void aLargeResourceSurvives() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a").content("あ".repeat(1_000_000));
        save(person, sample);
        assertArrayEquals(
                sample.content().getBytes(StandardCharsets.UTF_8),
                String.valueOf(Sample.textOf(stored(person, sample))).getBytes(StandardCharsets.UTF_8));
    }

    static void assertRefused(Category category, org.junit.jupiter.api.function.Executable call) {
        FailureException refused = assertThrows(FailureException.class, call);
        assertEquals(category, refused.failure().category());
    }
}
