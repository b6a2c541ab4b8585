package phr.gateway.consents.pending;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveLint;
import phr.consent.directive.DirectiveWriter;
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
import phr.gateway.people.Principal;
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

    /** As far as they exist for whoever asks. */
    List<PendingView> of(Principal principal) {
        PersonId person = principal.personOfConsentRecords();
        List<PendingView> views = new ArrayList<>();
        for (Reconsents.Waiting waiting : reconsents.waiting(person)) {
            if (principal.sees(waiting.permit().directive())) {
                views.add(view(waiting));
            }
        }
        open(person).stream()
                .filter(permit -> principal.sees(permit.directive()))
                .forEach(permit -> views.add(view(permit)));
        return views;
    }

    /** Permits of earlier providers that she has neither answered nor let lapse. */
    List<ArrivedPermit> open(PersonId person) {
        List<ArrivedPermit> permits = arrived.of(person);
        if (permits.isEmpty()) {
            return List.of();
        }
        Map<UUID, Optional<UUID>> answered = reconsents.answered(person);
        Instant now = clock.instant();
        return permits.stream()
                .filter(permit -> !answered.containsKey(permit.id()) && !permit.over(now))
                .toList();
    }

    /** @throws phr.fhir.failure.FailureException NOT_FOUND; CONFLICT after a refusal; INVALID when wider or not possible here */
    Recorded confirm(PersonId person, UUID id, @Nullable Directive narrower, Act act) {
        Optional<Recorded> hers = ledger.find(person, id);
        if (hers.isPresent()) {
            registry.requireKnown(narrower == null ? hers.get().directive() : narrower);
            return reconsents.confirm(person, id, narrower, registry, act);
        }
        ArrivedPermit permit = permit(person, id);
        registry.requireKnown(narrower == null ? permit.directive() : narrower);
        return reconsents.confirm(person, id, permit.directive(), narrower, registry, act);
    }

    /** A permit of her own ledger is revoked by it; one from elsewhere never comes into the ledger. */
    void refuse(PersonId person, UUID id, @Nullable String reason, Act act) {
        if (ledger.find(person, id).isPresent()) {
            reconsents.refuse(person, id, reason, act);
        } else {
            reconsents.refuse(person, permit(person, id).id(), act.actor());
        }
    }

    /** Silence is a refusal: what has lapsed does not exist. What she has answered does, so that the same answer can be given again. */
    private ArrivedPermit permit(PersonId person, UUID id) {
        Instant now = clock.instant();
        return arrived.of(person).stream()
                .filter(permit -> permit.id().equals(id))
                .filter(permit ->
                        !permit.over(now) || reconsents.answered(person).containsKey(id))
                .findFirst()
                .orElseThrow(() ->
                        Failure.of(Category.NOT_FOUND, "not-found", "not found").exception());
    }

    private PendingView view(Reconsents.Waiting waiting) {
        Directive directive = waiting.permit().directive();
        Instant bridge = waiting.bridge();
        return new PendingView(
                UUID.fromString(directive.id()),
                waiting.cause().name().toLowerCase(Locale.ROOT),
                null,
                DirectiveWriter.write(directive),
                Summary.of(directive, registry::name),
                waiting.until().toString(),
                bridge == null ? null : bridge.toString(),
                warnings(directive));
    }

    private PendingView view(ArrivedPermit permit) {
        return new PendingView(
                permit.id(),
                "transfer",
                permit.namespace(),
                DirectiveWriter.write(permit.directive()),
                Summary.of(permit.directive(), registry::name),
                permit.until().toString(),
                null,
                warnings(permit.directive()));
    }

    private @Nullable List<Finding> warnings(Directive directive) {
        List<Finding> warnings = DirectiveLint.check(directive, clock.instant(), registry::of).stream()
                .map(Finding::of)
                .toList();
        return warnings.isEmpty() ? null : warnings;
    }
}
