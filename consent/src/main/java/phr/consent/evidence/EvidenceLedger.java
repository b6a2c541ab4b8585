package phr.consent.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import phr.consent.chain.Chains;
import phr.fhir.Ids;
import phr.fhir.PersonId;

/** Keeps evidence. Who stores some holds the lock of the person. */
@ApplicationScoped
@Transactional
public class EvidenceLedger {

    private final Chains chains;
    private final Clock clock;

    EvidenceLedger(Chains chains, Clock clock) {
        this.chains = chains;
        this.clock = clock;
    }

    /** The id under which it is found again. */
    public UUID keep(PersonId person, Evidence evidence, String actor, Instant now) {
        EvidenceRow row = new EvidenceRow();
        row.id = Ids.v7(clock);
        row.kind = evidence.kind();
        row.mediaType = evidence.mediaType();
        row.sha256 = evidence.sha256().bytes();
        row.storageRef = evidence.storageRef();
        row.signature = evidence.signature();
        row.cosignature = evidence.cosignature();
        row.recordedBy = actor;
        chains.append(row, person, now);
        return row.id;
    }

    public Optional<Evidence> find(PersonId person, UUID id) {
        return EvidenceRow.<EvidenceRow>find("id = ?1 and personId = ?2", id, person.value())
                .firstResultOptional()
                .map(EvidenceRow::evidence);
    }

    public boolean intact(PersonId person) {
        return chains.intact(EvidenceRow.class, person);
    }
}
