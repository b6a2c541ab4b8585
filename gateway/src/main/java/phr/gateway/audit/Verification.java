package phr.gateway.audit;

import phr.fhir.Sha256;

/** Walks a chain: numbers without gaps, each hash over its fields and the one before, the tip last. */
final class Verification {

    private long entries;
    private Sha256 last = AuditSql.GENESIS;
    private boolean valid = true;

    void accept(AuditEntry entry) {
        entries++;
        valid &= entry.seq() == entries
                && entry.previous().equals(last)
                && entry.hash().equals(entry.computedHash());
        last = entry.hash();
    }

    Verification closedBy(AuditSql.Tip tip) {
        valid &= tip.seq() == entries && tip.hash().equals(last);
        return this;
    }

    long entries() {
        return entries;
    }

    boolean valid() {
        return valid;
    }
}
