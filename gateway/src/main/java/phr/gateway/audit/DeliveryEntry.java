package phr.gateway.audit;

import java.time.Instant;
import phr.fhir.PersonId;
import phr.fhir.Sha256;

/**
 * A row of {@code audit_delivery}: how the answer of an entry ended. Its hash covers every field and the hash of the row before.
 *
 * @param entry number of the entry in the access log
 * @param outcome {@code COMPLETE} or {@code BROKEN}
 * @param items canonical JSON
 */
record DeliveryEntry(
        PersonId person, long seq, long entry, Instant at, String outcome, String items, Sha256 previous, Sha256 hash) {

    static DeliveryEntry next(
            AuditSql.Tip tip, PersonId person, long entry, Instant at, boolean complete, String items) {
        DeliveryEntry unsealed = new DeliveryEntry(
                person, tip.seq() + 1, entry, at, complete ? "COMPLETE" : "BROKEN", items, tip.hash(), tip.hash());
        return new DeliveryEntry(
                person, unsealed.seq, entry, at, unsealed.outcome, items, tip.hash(), unsealed.computedHash());
    }

    Sha256 computedHash() {
        return new Canonical()
                .add(previous.hex())
                .add(person.toString())
                .add(Long.toString(seq))
                .add(Long.toString(entry))
                .add(at.toString())
                .add(outcome)
                .add(items)
                .sha256();
    }
}
