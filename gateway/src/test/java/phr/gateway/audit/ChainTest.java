package phr.gateway.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import phr.fhir.PersonId;

class ChainTest {

    private static final PersonId HANAKO = new PersonId(UUID.fromString("018f0000-0000-7000-8000-000000000001"));
    private static final Instant AT = Instant.parse("2026-04-01T00:00:00.123456Z");

    private final List<AuditEntry> chain = chain(5);

    @Test
    void an_untouched_chain_is_valid() {
        assertTrue(verified(chain, tipOf(chain)));
        assertTrue(verified(List.of(), new AuditSql.Tip(0, AuditSql.GENESIS)));
    }

    @Test
    void a_changed_entry_breaks_the_chain() {
        List<AuditEntry> forged = new ArrayList<>(chain);
        AuditEntry third = forged.get(2);
        forged.set(
                2,
                new AuditEntry(
                        third.person(),
                        third.seq(),
                        third.at(),
                        "other-clinic",
                        third.organisationName(),
                        third.app(),
                        third.user(),
                        third.action(),
                        third.interaction(),
                        third.purposes(),
                        third.outcome(),
                        third.reason(),
                        third.directives(),
                        third.previous(),
                        third.hash()));
        assertFalse(verified(forged, tipOf(chain)));
    }

    @Test
    void a_missing_entry_breaks_the_chain_wherever_it_was() {
        for (int i = 0; i < chain.size(); i++) {
            List<AuditEntry> cut = new ArrayList<>(chain);
            cut.remove(i);
            assertFalse(verified(cut, tipOf(chain)), "entry " + i);
        }
    }

    @Test
    void entries_in_another_order_break_the_chain() {
        List<AuditEntry> swapped = new ArrayList<>(chain);
        Collections.swap(swapped, 1, 2);
        assertFalse(verified(swapped, tipOf(chain)));
    }

    @Test
    void text_cannot_move_from_one_field_to_the_next() {
        assertNotEquals(
                new Canonical().add("ab").add("c").sha256(),
                new Canonical().add("a").add("bc").sha256());
        assertNotEquals(
                new Canonical().add(List.of("a", "b")).add(List.of()).sha256(),
                new Canonical().add(List.of("a")).add(List.of("b")).sha256());
        assertNotEquals(
                new Canonical().add((String) null).sha256(),
                new Canonical().add("").sha256());
    }

    /** The form of the hash is evidence that outlives this code: it must not change unnoticed. */
    @Test
    void the_hash_of_a_known_entry_stays_what_it_was() {
        assertEquals(chain.get(0).hash(), chain(1).get(0).hash());
        assertEquals(
                "ece4d8a99f0539813c9ce7e9f627a9563eadc9ec24d68524c24096340db5ec07",
                chain.get(0).hash().hex());
    }

    private static AuditSql.Tip tipOf(List<AuditEntry> entries) {
        AuditEntry last = entries.get(entries.size() - 1);
        return new AuditSql.Tip(last.seq(), last.hash());
    }

    private static boolean verified(List<AuditEntry> entries, AuditSql.Tip tip) {
        Verification verification = new Verification();
        entries.forEach(verification::accept);
        return verification.closedBy(tip).valid();
    }

    private static List<AuditEntry> chain(int length) {
        List<AuditEntry> entries = new ArrayList<>();
        AuditSql.Tip tip = new AuditSql.Tip(0, AuditSql.GENESIS);
        for (int i = 0; i < length; i++) {
            AuditEntry entry = AuditEntry.next(tip, AT.plusSeconds(i), event(), "さくら診療所");
            entries.add(entry);
            tip = new AuditSql.Tip(entry.seq(), entry.hash());
        }
        return entries;
    }

    private static AccessEvent event() {
        return new AccessEvent(
                HANAKO,
                "sakura-clinic",
                "sakura-viewer",
                "dr-sato",
                "read",
                "search Observation",
                List.of("TREAT"),
                AccessEvent.Outcome.PERMIT,
                "CONSENT",
                List.of("d1@1"));
    }
}
