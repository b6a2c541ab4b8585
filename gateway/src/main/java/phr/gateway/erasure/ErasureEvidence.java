package phr.gateway.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import phr.consent.evidence.Evidence;
import phr.consent.evidence.EvidenceLedger;
import phr.consent.ledger.ConsentEpochs;
import phr.fhir.PersonId;

/** Keeps what an operator has seen, in the person's chain of evidence. */
@ApplicationScoped
class ErasureEvidence {

    private final EvidenceLedger ledger;
    private final ConsentEpochs epochs;
    private final Clock clock;

    ErasureEvidence(EvidenceLedger ledger, ConsentEpochs epochs, Clock clock) {
        this.ledger = ledger;
        this.epochs = epochs;
        this.clock = clock;
    }

    @Transactional
    UUID keep(PersonId person, Evidence evidence, String operator) {
        epochs.lock(person);
        return ledger.keep(person, evidence, operator, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
