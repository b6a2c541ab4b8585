package phr.consent.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import phr.consent.AccessRequest;
import phr.consent.ConsentGate;
import phr.consent.Decision;
import phr.consent.Denial;
import phr.consent.Permit;
import phr.consent.engine.Engine;
import phr.consent.engine.Policy;
import phr.fhir.PersonId;

/**
 * Decides from the ledger. The epoch is read for every decision, before the directives; a permit compiled for the same request and
 * epoch is used again until its time is over.
 */
@ApplicationScoped
public class LedgerConsentGate implements ConsentGate {

    private static final Logger LOG = Logger.getLogger(LedgerConsentGate.class);
    private static final int KEPT = 4096;
    private static final PersonId NOBODY = new PersonId(new UUID(0, 0));

    private final ConsentLedger ledger;
    private final ConsentEpochs epochs;
    private final Clock clock;
    private final Map<Key, Permit> compiled = Collections.synchronizedMap(new Lru());

    LedgerConsentGate(ConsentLedger ledger, ConsentEpochs epochs, Clock clock) {
        this.ledger = ledger;
        this.epochs = epochs;
        this.clock = clock;
    }

    @Override
    public Decision decide(AccessRequest request) {
        Instant now = clock.instant();
        PersonId subject = request.subject();
        if (subject == null) {
            return Engine.compile(request, new Policy(NOBODY, 0, List.of()), now);
        }
        Optional<Long> epoch = epoch(subject);
        if (epoch.isEmpty()) {
            return new Denial(Denial.Reason.STALE_POLICY, request, List.of());
        }
        Key key = new Key(request, epoch.get());
        Permit known = compiled.get(key);
        if (known != null && now.isBefore(known.validUntil())) {
            return known;
        }
        Decision decision = compile(request, subject, epoch.get(), now);
        if (decision instanceof Permit permit) {
            compiled.put(key, permit);
        }
        return decision;
    }

    private Optional<Long> epoch(PersonId subject) {
        try {
            return Optional.of(epochs.current(subject));
        } catch (RuntimeException e) {
            LOG.errorf("consent epoch cannot be confirmed: %s", e.getClass().getName());
            return Optional.empty();
        }
    }

    private Decision compile(AccessRequest request, PersonId subject, long epoch, Instant now) {
        try {
            return Engine.compile(request, ledger.policy(subject, epoch, now), now);
        } catch (RuntimeException e) {
            LOG.errorf("consent ledger cannot be read: %s", e.getClass().getName());
            return new Denial(Denial.Reason.INDETERMINATE, request, List.of());
        }
    }

    /** Person, requester facets, purposes and action are the request; a moved epoch is another key. */
    private record Key(AccessRequest request, long epoch) {}

    /** Forgets what was not used for longest. */
    private static final class Lru extends LinkedHashMap<Key, Permit> {

        private static final long serialVersionUID = 1L;

        Lru() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Permit> eldest) {
            return size() > KEPT;
        }
    }
}
