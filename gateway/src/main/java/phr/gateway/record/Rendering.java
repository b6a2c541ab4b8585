package phr.gateway.record;

import java.util.Optional;
import java.util.Set;
import phr.consent.Obligation;

/**
 * Makes what the caller gets of a stored resource, fulfilling the obligations of the grant that releases it. Without
 * obligations that change content the stored bytes are the answer.
 */
final class Rendering {

    private final Set<Obligation> fulfilled;

    Rendering() {
        this(Set.of(Obligation.KEEP_LABELS, Obligation.REDACT_DEMOGRAPHICS, Obligation.MASK_REFERENCES));
    }

    Rendering(Set<Obligation> fulfilled) {
        this.fulfilled = fulfilled;
    }

    /** The bytes to send; empty when an obligation is unknown here, which denies the resource (consent-semantics.md §16.2). */
    Optional<byte[]> render(Entry entry) {
        if (!fulfilled.containsAll(entry.obligations())) {
            return Optional.empty();
        }
        byte[] json = entry.json();
        if (entry.obligations().contains(Obligation.REDACT_DEMOGRAPHICS)
                && entry.type().equals("Patient")) {
            json = Redaction.demographics(json);
        }
        if (!entry.hidden().isEmpty()) {
            json = Masking.references(json, entry.hidden());
        }
        return Optional.of(json);
    }
}
