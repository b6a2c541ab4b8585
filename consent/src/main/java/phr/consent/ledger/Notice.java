package phr.consent.ledger;

import phr.consent.evidence.PolicyText;
import phr.fhir.Sha256;

/** The policy text the person was shown. */
public record Notice(String id, int version, String language, Sha256 sha256) {

    static Notice of(PolicyText text) {
        return new Notice(text.id, text.version, text.language, Sha256.from(text.sha256));
    }
}
