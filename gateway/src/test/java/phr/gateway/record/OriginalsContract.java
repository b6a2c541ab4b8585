package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.consent.Predicate.Overlaps;
import phr.consent.Predicate.SetFact;
import phr.consent.StalePermitException;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.fhir.facts.PhrCategory;
import phr.fhir.facts.Tokens;
import phr.fhir.failure.Category;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Original;
import phr.fhir.validate.Validated;

/** How files are kept as they came. */
interface OriginalsContract extends StoreUnderTest {

    /** A file of these bytes with its description. */
    record File(Original original, Sample description) {

        static File of(PersonId person, byte[] bytes, PhrCategory... mapped) {
            Sample description = Sample.of(
                            person, "DocumentReference", Sha256.of(bytes).hex())
                    .categories(Tokens.of(Set.of("raw-file")));
            Original original = new Original(
                    "omh", "application/json", Content.of(bytes), UUID.randomUUID(), description.id(), Set.of(mapped));
            return new File(original, description.links("Binary/" + original.binary()));
        }

        Validated batch(PersonId person) {
            return Sample.batch(person, List.of(description), List.of(original));
        }

        Saved into(RecordStore store, PersonId person) {
            return store.save(Permits.contribute(person), batch(person));
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private byte[] read(Permit permit, UUID binary) throws IOException {
        OriginalFile file = store().original(permit, binary).orElseThrow();
        try (InputStream content = file.content()) {
            return content.readAllBytes();
        }
    }

    @Test
    default void anOriginalIsGivenBackByteForByte() throws IOException {
        PersonId person = Sample.somebody();
        for (int size : new int[] {0, 1, 1 << 20, (1 << 20) + 1, 20_000_000}) {
            byte[] bytes = bytes(size);
            File file = File.of(person, bytes);
            assertEquals(new Saved(1, 0, 0, 1), file.into(store(), person));
            OriginalFile stored = store().original(
                            Permits.own(person), file.original().binary())
                    .orElseThrow();
            assertEquals(size, stored.size());
            assertEquals(Sha256.of(bytes), stored.sha256());
            assertEquals("omh", stored.kind());
            assertEquals("application/json", stored.mediaType());
            assertArrayEquals(bytes, read(Permits.own(person), file.original().binary()));
        }
    }

    @Test
    default void theSameFileAgainIsKeptOnce() throws IOException {
        PersonId person = Sample.somebody();
        byte[] bytes = bytes(1000);
        File file = File.of(person, bytes);
        file.into(store(), person);
        assertEquals(new Saved(0, 0, 1, 0), file.into(store(), person));
        File renamed = File.of(person, bytes);
        assertEquals(0, renamed.into(store(), person).originals());
        assertArrayEquals(bytes, read(Permits.own(person), file.original().binary()));
        assertArrayEquals(bytes, read(Permits.own(person), renamed.original().binary()));
    }

    @Test
    default void theSameFileOfTwoPersonsIsTwoFiles() throws IOException {
        byte[] bytes = bytes(1000);
        PersonId one = Sample.somebody();
        PersonId two = Sample.somebody();
        File first = File.of(one, bytes);
        File second = File.of(two, bytes);
        assertEquals(1, first.into(store(), one).originals());
        assertEquals(1, second.into(store(), two).originals());
        assertEquals(
                Optional.empty(),
                store().original(Permits.own(two), first.original().binary()));
        assertArrayEquals(bytes, read(Permits.own(two), second.original().binary()));
    }

    @Test
    default void aBinaryIdOfAnotherPersonIsRefusedAndNothingIsKept() {
        PersonId one = Sample.somebody();
        PersonId two = Sample.somebody();
        File file = File.of(one, bytes(100));
        file.into(store(), one);
        File fine = File.of(two, bytes(200));
        Original stolen = new Original(
                "omh",
                "application/json",
                Content.of(bytes(300)),
                file.original().binary(),
                fine.description().id(),
                Set.of());
        Validated batch = Sample.batch(two, List.of(fine.description()), List.of(fine.original(), stolen));
        WritingContract.assertRefused(Category.CONFLICT, () -> store().save(Permits.contribute(two), batch));
        assertEquals(
                Optional.empty(),
                store().original(Permits.own(two), fine.original().binary()));
        assertEquals(
                Optional.empty(),
                store().original(Permits.own(two), file.original().binary()));
    }

    @Test
    @DisplayName("P-16 document content and PDF: a file is released whole or not at all")
    default void aFileIsSeenByWhoeverMaySeeItsDescription() {
        PersonId person = Sample.somebody();
        File file = File.of(person, bytes(100));
        file.into(store(), person);
        UUID binary = file.original().binary();
        Permit raw =
                Permits.recipient(person, Action.READ, new Overlaps(SetFact.CATEGORIES, Set.of("raw-file"), false));
        Permit lab = Permits.recipient(person, Action.READ, new Overlaps(SetFact.CATEGORIES, Set.of("lab"), false));
        assertTrue(store().original(raw, binary).isPresent());
        assertEquals(Optional.empty(), store().original(lab, binary));
        assertEquals(Optional.empty(), store().original(Permits.recipient(person, Action.READ), binary));
    }

    @Test
    default void aFileWithoutADescriptionIsRestricted() {
        PersonId person = Sample.somebody();
        File file = File.of(person, bytes(100), PhrCategory.LAB);
        store().save(Permits.contribute(person), Sample.batch(person, List.of(), List.of(file.original())));
        Predicate lab = new Overlaps(SetFact.CATEGORIES, Set.of("lab"), false);
        UUID binary = file.original().binary();
        assertTrue(store().original(Permits.recipient(person, Action.READ, lab), binary)
                .isPresent());
        Predicate labelled = new Predicate.All(List.of(lab, new Predicate.Labelled()));
        assertEquals(Optional.empty(), store().original(Permits.recipient(person, Action.READ, labelled), binary));
    }

    @Test
    default void aBinaryIsFoundOnlyWhenTheQueryNamesIt() {
        PersonId person = Sample.somebody();
        File file = File.of(person, bytes(100));
        file.into(store(), person);
        assertEquals(List.of(file.description().reference()), references(Permits.own(person)));
        Query binaries = new Query(Set.of("Binary"), List.of(), List.of(), 0, null);
        assertEquals(List.of("Binary/" + file.original().binary()), references(Permits.own(person), binaries));
    }

    @Test
    default void aRevocationEndsAFileThatIsBeingRead() throws IOException {
        PersonId person = Sample.somebody();
        File file = File.of(person, bytes(3_000_000));
        file.into(store(), person);
        OriginalFile stored =
                store().original(Permits.own(person), file.original().binary()).orElseThrow();
        try (InputStream content = stored.content()) {
            content.readNBytes(1000);
            changeConsents(person);
            assertThrows(StalePermitException.class, content::readAllBytes);
        }
    }

    @Test
    default void aFileThatIsNotWhatItsHashSaysIsNotStored() {
        PersonId person = Sample.somebody();
        Content wrong = new Content.InMemory(bytes(100), Sha256.of(bytes(101)));
        Sample description = Sample.of(person, "DocumentReference", "d");
        Original original =
                new Original("omh", "application/json", wrong, UUID.randomUUID(), description.id(), Set.of());
        Validated batch = Sample.batch(person, List.of(description), List.of(original));
        WritingContract.assertRefused(Category.FAULT, () -> store().save(Permits.contribute(person), batch));
        assertEquals(List.of(), references(Permits.own(person)));
    }

    @Test
    default void aRecipientSendsAFileWithWhatWasMappedFromItButNotAlone() {
        PersonId person = Sample.somebody();
        Predicate vitals = new Overlaps(SetFact.CATEGORIES, Set.of("lifelog-vitals"), false);
        Permit permit = Permits.recipient(person, Action.CONTRIBUTE, vitals);
        File opaque = File.of(person, bytes(50));
        WritingContract.assertRefused(Category.FORBIDDEN, () -> store().save(permit, opaque.batch(person)));
        File mapped = File.of(person, bytes(60), PhrCategory.LIFELOG_VITALS);
        Validated batch = Sample.batch(
                person,
                List.of(Sample.of(person, "Observation", "a"), mapped.description()),
                List.of(mapped.original()));
        assertEquals(new Saved(2, 0, 0, 1), store().save(permit, batch));
    }
}
