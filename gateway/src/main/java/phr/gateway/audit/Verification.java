package phr.gateway.audit;

import phr.fhir.Sha256;

/**
 * Walks the two chains of a person: numbers without gaps, each hash over its fields and the one before, the tip last; every
 * delivery belongs to an entry.
 */
final class Verification {

    private long entries;
    private long deliveries;
    private Sha256 last = AuditSql.GENESIS;
    private Sha256 lastDelivery = AuditSql.GENESIS;
    private boolean valid = true;

    void accept(AuditEntry entry) {
        entries++;
        valid &= entry.seq() == entries
                && entry.previous().equals(last)
                && entry.hash().equals(entry.computedHash());
        last = entry.hash();
    }

    /** After the entries. */
    void accept(DeliveryEntry delivery) {
        deliveries++;
        valid &= delivery.seq() == deliveries
                && delivery.entry() >= 1
                && delivery.entry() <= entries
                && delivery.previous().equals(lastDelivery)
                && delivery.hash().equals(delivery.computedHash());
        lastDelivery = delivery.hash();
    }

    Verification closedBy(AuditSql.Tip tip) {
        valid &= tip.seq() == entries && tip.hash().equals(last);
        return this;
    }

    Verification deliveriesClosedBy(AuditSql.Tip tip) {
        valid &= tip.seq() == deliveries && tip.hash().equals(lastDelivery);
        return this;
    }

    long entries() {
        return entries;
    }

    long deliveries() {
        return deliveries;
    }

    Sha256 last() {
        return last;
    }

    Sha256 lastDelivery() {
        return lastDelivery;
    }

    boolean valid() {
        return valid;
    }
}
