package phr.gateway.consents.pending;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveLint;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.Window;
import phr.consent.ledger.Act;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Recorded;
import phr.consent.request.Reconsents;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.consents.ConsentAnswers.Finding;
import phr.gateway.consents.Registry;
import phr.gateway.consents.Summary;
import phr.gateway.transfer.ArrivedPermits;
import phr.gateway.transfer.ArrivedPermits.ArrivedPermit;

/** The permits of a person that wait, from both sources, under one kind of id. */
@ApplicationScoped
class PendingConsents {

    private final Reconsents reconsents;
    private final ArrivedPermits arrived;
    private final ConsentLedger ledger;
    private final Registry registry;
    private final Clock clock;

    PendingConsents(
            Reconsents reconsents, ArrivedPermits arrived, ConsentLedger ledger, Registry registry, Clock clock) {
        this.reconsents = reconsents;
        this.arrived = arrived;
        this.ledger = ledger;
        this.registry = registry;
        this.clock = clock;
    }

    List<PendingView> of(PersonId person) {
        List<PendingView> views = new ArrayList<>();
        for (Recorded waiting : reconsents.waiting(person)) {
            views.add(view(UUID.fromString(waiting.directive().id()), "majority", null, waiting.directive()));
        }
        Map<UUID, Optional<UUID>> answered = reconsents.answered(person);
        Instant now = clock.instant();
        for (ArrivedPermit permit : arrived.of(person)) {
            if (!answered.containsKey(permit.id()) && !over(permit.directive(), now)) {
                views.add(view(permit.id(), "transfer", permit.namespace(), permit.directive()));
            }
        }
        return views;
    }

    /** @throws phr.fhir.failure.FailureException NOT_FOUND; CONFLICT after a refusal; INVALID when wider or not possible here */
    Recorded confirm(PersonId person, UUID id, @Nullable Directive narrower, Act act) {
        Optional<Recorded> waiting = waiting(person, id);
        if (waiting.isPresent()) {
            registry.requireKnown(narrower == null ? waiting.get().directive() : narrower);
            return reconsents.confirm(person, waiting.get(), narrower, registry, act);
        }
        ArrivedPermit permit = permit(person, id);
        registry.requireKnown(narrower == null ? permit.directive() : narrower);
        return reconsents.confirm(person, id, permit.directive(), narrower, registry, act);
    }

    /** A permit of her own ledger is revoked by it; one from elsewhere never comes into the ledger. */
    void refuse(PersonId person, UUID id, @Nullable String reason, Act act) {
        if (waiting(person, id).isPresent()) {
            ledger.revoke(person, id, reason, act);
        } else {
            reconsents.refuse(person, permit(person, id).id(), act.actor());
        }
    }

    private Optional<Recorded> waiting(PersonId person, UUID id) {
        return reconsents.waiting(person).stream()
                .filter(recorded -> recorded.directive().id().equals(id.toString()))
                .findFirst();
    }

    private ArrivedPermit permit(PersonId person, UUID id) {
        return arrived.of(person).stream()
                .filter(permit -> permit.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        Failure.of(Category.NOT_FOUND, "not-found", "not found").exception());
    }

    private PendingView view(UUID id, String cause, @Nullable String provider, Directive directive) {
        List<Finding> warnings = DirectiveLint.check(directive, clock.instant(), registry::of).stream()
                .map(Finding::of)
                .toList();
        return new PendingView(
                id,
                cause,
                provider,
                DirectiveWriter.write(directive),
                Summary.of(directive, registry::name),
                warnings.isEmpty() ? null : warnings);
    }

    private static boolean over(Directive directive, Instant now) {
        Window validity = directive.base().validity();
        return validity != null && validity.until() != null && !validity.until().isAfter(now);
    }
}
