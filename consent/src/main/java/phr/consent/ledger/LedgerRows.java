package phr.consent.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.CanonicalJson;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.Window;
import phr.fhir.PersonId;

/** Adds rows to the insert-only tables and reads them back. */
@ApplicationScoped
class LedgerRows {

    History of(PersonId person, Instant known) {
        return new History(DirectiveVersion.ofPerson(person.value()), DirectiveEvent.ofPerson(person.value()), known);
    }

    /** A version; the person holds the lock. */
    void add(PersonId person, UUID id, int version, Directive draft, Act act, Instant now) {
        DirectiveVersion last = DirectiveVersion.last(person.value());
        PolicyText text = PolicyText.shown(act.language(), now);
        DirectiveVersion row = new DirectiveVersion();
        row.directiveId = id;
        row.number = version;
        row.personId = person.value();
        row.effect = draft.effect().name();
        row.body = CanonicalJson.text(DirectiveWriter.body(draft));
        row.bodySha256 = DirectiveWriter.bodyHash(draft).bytes();
        Window validity =
                draft.base().validity() == null ? Window.ANY : draft.base().validity();
        boolean startsNow = draft.effect().permits() && validity.from() == null;
        row.validFrom = startsNow ? now : micros(validity.from());
        row.validTo = micros(validity.until());
        row.grantorId = person.value();
        row.grantorCapacity = draft.grantor().capacity().name();
        row.policyTextId = text.id;
        row.policyTextVersion = text.version;
        row.policyTextSha256 = text.sha256;
        row.language = text.language;
        row.collectionMethod = act.method().name();
        row.evidenceId = act.evidence();
        row.recordedAt = now;
        row.recordedBy = act.actor();
        row.chainSeq = last == null ? 1 : last.chainSeq + 1;
        row.prevHash = last == null ? Chain.START : last.rowHash;
        row.rowHash = Chain.hash(row);
        row.persistAndFlush();
    }

    /** An event; the person holds the lock. */
    void add(
            PersonId person,
            UUID id,
            int version,
            int seq,
            Event.Type type,
            Act act,
            @Nullable String reason,
            Instant now) {
        DirectiveEvent last = DirectiveEvent.last(person.value());
        DirectiveEvent row = new DirectiveEvent();
        row.directiveId = id;
        row.number = seq;
        row.version = version;
        row.personId = person.value();
        row.type = type.name();
        row.at = now;
        row.actor = act.actor();
        row.reason = reason;
        row.recordedAt = now;
        row.chainSeq = last == null ? 1 : last.chainSeq + 1;
        row.prevHash = last == null ? Chain.START : last.rowHash;
        row.rowHash = Chain.hash(row);
        row.persistAndFlush();
    }

    boolean intact(PersonId person) {
        byte[] previous = Chain.START;
        long seq = 0;
        for (DirectiveVersion row : DirectiveVersion.ofPerson(person.value())) {
            if (row.chainSeq != ++seq || !linked(previous, row.prevHash, row.rowHash, Chain.hash(row))) {
                return false;
            }
            previous = row.rowHash;
        }
        previous = Chain.START;
        seq = 0;
        for (DirectiveEvent row : DirectiveEvent.ofPerson(person.value())) {
            if (row.chainSeq != ++seq || !linked(previous, row.prevHash, row.rowHash, Chain.hash(row))) {
                return false;
            }
            previous = row.rowHash;
        }
        return true;
    }

    /** As exact as the database keeps it, so that the hash can be computed again. */
    private static @Nullable Instant micros(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static boolean linked(byte[] previous, byte[] stated, byte[] hash, byte[] computed) {
        return Arrays.equals(previous, stated) && Arrays.equals(hash, computed);
    }
}
