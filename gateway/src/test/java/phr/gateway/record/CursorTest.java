package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.Permit;
import phr.consent.Predicate;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;
import phr.gateway.keys.Secrets;

class CursorTest {

    private static final String QUERY = "Observation?category=lab";

    private final Cursor cursor = new Cursor(Secrets.from(new byte[32]));
    private final PersonId person = Sample.somebody();
    private final Permit permit = permit(person, "sakura-clinic", 3, "TREAT", "COVERAGE");
    private final Position position =
            new Position(Instant.parse("2026-04-01T00:00:00.123456Z"), "Observation", UUID.randomUUID());

    private static Permit permit(PersonId person, String organisation, long epoch, String... purposes) {
        return Permits.of(
                Permits.request(person, Action.READ, Capacity.RECIPIENT, organisation, purposes),
                epoch,
                Permits.FOREVER,
                Predicate.ALWAYS);
    }

    @Test
    void aCursorLeadsBackToItsPosition() {
        assertEquals(position, cursor.read(permit, QUERY, cursor.write(permit, QUERY, position)));
        Position undated = new Position(null, "Encounter", UUID.randomUUID());
        assertEquals(undated, cursor.read(permit, QUERY, cursor.write(permit, QUERY, undated)));
    }

    @Test
    void theOrderOfPurposesDoesNotMatter() {
        Permit same = permit(person, "sakura-clinic", 3, "COVERAGE", "TREAT");
        assertEquals(position, cursor.read(same, QUERY, cursor.write(permit, QUERY, position)));
    }

    @Test
    @DisplayName("P-18 a cursor is bound to the epoch")
    void aChangedEpochInvalidatesACursor() {
        String text = cursor.write(permit, QUERY, position);
        Permit later = permit(person, "sakura-clinic", 4, "TREAT", "COVERAGE");
        assertEquals(Category.CONFLICT, refusal(later, QUERY, text));
    }

    @Test
    @DisplayName("P-18, P-21 a cursor is of no use to another requester")
    void aCursorIsOfNoUseToAnybodyElseOrForAnythingElse() {
        String text = cursor.write(permit, QUERY, position);
        for (Permit other : List.of(
                permit(person, "another-clinic", 3, "TREAT", "COVERAGE"),
                permit(person, "sakura-clinic", 3, "TREAT"),
                permit(Sample.somebody(), "sakura-clinic", 3, "TREAT", "COVERAGE"),
                Permits.own(person))) {
            assertEquals(Category.MALFORMED, refusal(other, QUERY, text));
        }
        assertEquals(Category.MALFORMED, refusal(permit, "Observation?category=vital-signs", text));
        Cursor elsewhere = new Cursor(Secrets.from(new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
            30, 31, 32
        }));
        assertThrows(FailureException.class, () -> elsewhere.read(permit, QUERY, text));
    }

    @Test
    void aForgedCursorIsMalformed() {
        String text = cursor.write(permit, QUERY, position);
        for (int at = 0; at < text.length(); at++) {
            char other = text.charAt(at) == 'A' ? 'B' : 'A';
            String forged = text.substring(0, at) + other + text.substring(at + 1);
            byte[] decoded = Base64.getUrlDecoder().decode(forged);
            if (!java.util.Arrays.equals(decoded, Base64.getUrlDecoder().decode(text))) {
                assertEquals(Category.MALFORMED, refusal(permit, QUERY, forged), "character " + at);
            }
        }
        for (String forged : List.of("", "x", "%%%", "AAAA", "あ", text + text, "A".repeat(10_000))) {
            assertEquals(Category.MALFORMED, refusal(permit, QUERY, forged));
        }
    }

    @Test
    void aCursorShowsNothingAndFitsIntoAnAddress() {
        String text = cursor.write(permit, QUERY, position);
        assertTrue(text.matches("[A-Za-z0-9_-]+"), "needs no escaping");
        String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1);
        assertFalse(plain.contains("Observation"), "the type is encrypted");
        assertNotEquals(text, cursor.write(permit, QUERY, position), "equal positions do not show as equal");
    }

    private Category refusal(Permit permit, String query, String text) {
        return assertThrows(FailureException.class, () -> cursor.read(permit, query, text))
                .failure()
                .category();
    }
}
