package phr.consent.gate;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import phr.consent.AccessRequest;
import phr.consent.ConsentGate;
import phr.consent.Decision;
import phr.consent.Denial;
import phr.consent.Permit;
import phr.consent.engine.Engine;
import phr.consent.engine.Policy;
import phr.consent.ledger.ConsentEpochs;
import phr.fhir.PersonId;

/**
 * Decides from the ledger. The epochs are read for every decision, before anything else; a policy or a permit made under the same
 * epochs is used again, a permit until its time is over. So a decision is one short statement as long as nothing changed.
 */
@ApplicationScoped
public class LedgerConsentGate implements ConsentGate {

    private static final Logger LOG = Logger.getLogger(LedgerConsentGate.class);
    private static final int KEPT_PERMITS = 4096;
    private static final int KEPT_POLICIES = 512;
    private static final PersonId NOBODY = new PersonId(new UUID(0, 0));

    private final Situations situations;
    private final ConsentEpochs epochs;
    private final Clock clock;
    private final Recent<PermitKey, Made<Permit>> permits = new Recent<>(KEPT_PERMITS);
    private final Recent<PolicyKey, Made<Policy>> policies = new Recent<>(KEPT_POLICIES);

    LedgerConsentGate(Situations situations, ConsentEpochs epochs, Clock clock) {
        this.situations = situations;
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
        Optional<ConsentEpochs.Standing> standing = standing(subject);
        if (standing.isEmpty()) {
            return new Denial(Denial.Reason.STALE_POLICY, request, List.of());
        }
        PermitKey key = new PermitKey(request, standing.get());
        Made<Permit> known = permits.get(key);
        if (known != null && known.goodAt(now) && now.isBefore(known.value().validUntil())) {
            return known.value();
        }
        Decision decision = compile(request, new PolicyKey(subject, standing.get()), Set.of(), now);
        if (decision instanceof Permit permit) {
            permits.put(key, new Made<>(permit, now));
        }
        return decision;
    }

    /** Compiled anew each time: what is used up changes without a new epoch. */
    @Override
    public Decision decide(AccessRequest request, Set<String> exhausted) {
        PersonId subject = request.subject();
        if (subject == null || exhausted.isEmpty()) {
            return decide(request);
        }
        return standing(subject)
                .map(standing -> compile(request, new PolicyKey(subject, standing), exhausted, clock.instant()))
                .orElseGet(() -> new Denial(Denial.Reason.STALE_POLICY, request, List.of()));
    }

    private Optional<ConsentEpochs.Standing> standing(PersonId subject) {
        try {
            return Optional.of(epochs.standing(subject));
        } catch (RuntimeException e) {
            LOG.errorf("consent epoch cannot be confirmed: %s", e.getClass().getName());
            return Optional.empty();
        }
    }

    private Decision compile(AccessRequest request, PolicyKey key, Set<String> exhausted, Instant now) {
        try {
            return Engine.compile(request, policy(key, now).without(exhausted), now);
        } catch (RuntimeException e) {
            LOG.errorf("consent ledger cannot be read: %s", e.getClass().getName());
            return new Denial(Denial.Reason.INDETERMINATE, request, List.of());
        }
    }

    private Policy policy(PolicyKey key, Instant now) {
        Made<Policy> known = policies.get(key);
        if (known != null && known.goodAt(now)) {
            return known.value();
        }
        Policy policy = situations.policy(key.person(), key.standing().person(), now);
        policies.put(key, new Made<>(policy, now));
        return policy;
    }

    /** Person, requester facets, purposes and action are the request; a moved epoch is another key. */
    private record PermitKey(AccessRequest request, ConsentEpochs.Standing standing) {}

    private record PolicyKey(PersonId person, ConsentEpochs.Standing standing) {}

    /** Time runs forward; after a clock was set back, what was made in its future is not used. */
    private record Made<T>(T value, Instant at) {

        boolean goodAt(Instant now) {
            return !now.isBefore(at);
        }
    }
}
