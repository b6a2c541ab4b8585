package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phr.consent.StalePermitException;
import phr.fhir.PersonId;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Original;

/** What is found on the disk of a store, and what is left when the key is gone. */
public abstract class RecordOnDiskContract implements StoreUnderTest {

    /** A store on the same data whose operator has another master key. */
    protected abstract RecordStore underAnotherMasterKey();

    /** Removes the person's data key. */
    protected abstract void destroyKey(PersonId person);

    /** Whether the bytes stand in any file of the store, after everything was written to disk. */
    protected abstract boolean onDisk(byte[] bytes);

    @Test
    void noValueOfARecordIsFoundInTheFilesOfTheStore() {
        PersonId person = Sample.somebody();
        String value = "KESSATSU-138-MMHG";
        String code = "http://loinc.org|LEAK-CODE-8480-6";
        Sample bare = Sample.of(person, "Observation", "LEAK-SOURCE-ID");
        Facts facts = new Facts(
                "Observation",
                bare.id(),
                "LEAK-DOCUMENT-TYPE",
                "LEAK-SOURCE",
                "LEAK-DEVICE",
                Tokens.of(Set.of("LEAK-CATEGORY")),
                Tokens.of(Set.of(code)),
                Tokens.of(Set.of("Practitioner/LEAK-AUTHOR")),
                Set.of("Encounter/LEAK-LINK"),
                new Labels(true, Confidentiality.R, Set.of("LEAK-SENSITIVITY")),
                bare.facts().time());
        Sample sample = bare.facts(facts).tokens(Map.of("identifier", Set.of("urn:x|LEAK-TOKEN")));
        Original original = new Original(
                "LEAK-KIND",
                "LEAK/MEDIA",
                Content.of("LEAK-ORIGINAL".getBytes(StandardCharsets.UTF_8)),
                UUID.randomUUID(),
                UUID.randomUUID(),
                Set.of());
        store().save(
                        Permits.contribute(person),
                        Sample.batch(person, List.of(sample.content(value)), List.of(original)));
        save(person, sample.content(value + "-CHANGED"));
        assertEquals(value + "-CHANGED", Sample.textOf(stored(person, sample)));
        Predicate<String> found = text -> onDisk(text.getBytes(StandardCharsets.UTF_8));
        assertTrue(found.test("document_by_time"), "the search finds what is there in plain");
        assertEquals(
                List.of(),
                List.of(value, "LEAK", "8480-6").stream().filter(found).toList());
    }

    @Test
    void noValueOfAPackedSampleIsFoundEitherFreshOrSettled() {
        PersonId person = Sample.somebody();
        Dense dense = Dense.of(person, "http://loinc.org|LEAK-PACKED-8867", "LEAK-PACKED-SOURCE", Labels.NORMAL);
        Instant time = Instant.parse("2026-04-01T00:00:00Z");
        store().save(Permits.contribute(person), dense.batch(dense.at("LEAK-PACKED-KEY", time, "61.234567")));
        Predicate<String> found = text -> onDisk(text.getBytes(StandardCharsets.UTF_8));
        List<String> values = List.of("LEAK-PACKED", "61.234567", "心拍数", Dense.STORE);
        assertEquals(List.of(), values.stream().filter(found).toList());
        settle(person);
        assertEquals(1, references(Permits.own(person)).size());
        assertEquals(List.of(), values.stream().filter(found).toList());
        destroyKey(person);
        assertEquals(List.of(), references(Permits.own(person)), "the rows are there, and nothing opens them");
    }

    @Test
    void anAnswerThatRunsWhileTheKeyGoesNeverLooksComplete() {
        PersonId person = Sample.somebody();
        List<Sample> many = IntStream.range(0, 1_200)
                .mapToObj(i -> Sample.of(person, "Observation", "erased-" + i))
                .toList();
        save(person, many.toArray(Sample[]::new));
        try (Results results = store().search(Permits.own(person), Query.everything())) {
            results.next();
            destroyKey(person);
            assertThrows(StalePermitException.class, () -> results.forEachRemaining(entry -> {}));
        }
    }

    @Test
    void withoutItsKeyARecordIsGoneAndTheRestStays() {
        PersonId erased = Sample.somebody();
        PersonId other = Sample.somebody();
        Sample sample = Sample.of(erased, "Observation", "a");
        Sample kept = Sample.of(other, "Observation", "a");
        save(erased, sample);
        save(other, kept);
        destroyKey(erased);
        assertEquals(List.of(), references(Permits.own(erased)));
        assertEquals(Optional.empty(), store().read(Permits.own(erased), "Observation", sample.id()));
        assertEquals("plain", Sample.textOf(stored(other, kept)));
    }

    @Test
    void anotherMasterKeyOpensNothingAndSaysSo() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        save(person, sample);
        FailureException refused = assertThrows(FailureException.class, () -> underAnotherMasterKey()
                .read(Permits.own(person), "Observation", sample.id()));
        assertEquals(Category.UNAVAILABLE, refused.failure().category());
        assertEquals("plain", Sample.textOf(stored(person, sample)));
    }

    @Test
    void aKeyOfATransactionThatWasRolledBackIsNeverUsed() {
        PersonId person = Sample.somebody();
        Sample sample = Sample.of(person, "Observation", "a");
        assertThrows(IllegalStateException.class, () -> store().together(() -> {
            save(person, sample);
            throw new IllegalStateException("broke off");
        }));
        save(person, sample);
        assertEquals("plain", Sample.textOf(stored(person, sample)));
    }
}
