package phr.gateway.consents.resource;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Grantee;
import phr.consent.directive.State;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Recorded;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.AccessLog;
import phr.gateway.caller.Caller;
import phr.gateway.consents.Registry;
import phr.gateway.consents.VisibleDirectives;
import phr.gateway.people.OwnAccount;
import phr.gateway.people.People;
import phr.gateway.people.Principal;
import phr.gateway.people.Principals;

/**
 * Whose Consents the caller may see, and how much of them: the person and her proxies all of hers, an organisation the permits that are in force
 * for it, without her other choices (consent-semantics.md §14.2).
 */
@ApplicationScoped
class Viewer {

    private final ConsentLedger ledger;
    private final VisibleDirectives visible;
    private final OwnAccount own;
    private final Principals principals;
    private final People people;
    private final Registry registry;
    private final AccessLog log;

    Viewer(
            ConsentLedger ledger,
            VisibleDirectives visible,
            OwnAccount own,
            Principals principals,
            People people,
            Registry registry,
            AccessLog log) {
        this.ledger = ledger;
        this.visible = visible;
        this.own = own;
        this.principals = principals;
        this.people = people;
        this.registry = registry;
        this.log = log;
    }

    /**
     * Consents of one person as the caller knows her.
     *
     * @param patient {@code Patient} id for this caller
     * @param current what she sees of the current versions, oldest first
     */
    record View(String patient, List<Recorded> current) {}

    /**
     * @param patient id in the address
     * @throws phr.fhir.failure.FailureException NOT_FOUND for a person the caller does not know
     */
    View of(Caller caller, String patient) {
        if (caller.organisation() == null) {
            return view(principals.require(caller, patient));
        }
        PersonId person = people.known(caller.organisation(), patient).orElseThrow(Viewer::unknown);
        List<Recorded> granted = granted(person, caller.organisation());
        tell(caller, person, granted);
        return new View(patient, granted);
    }

    /** The Consents of the person who is logged in. */
    View own(Caller caller) {
        return view(principals.require(caller, null));
    }

    /** One of them, or of a person for whom the caller acts. */
    Recorded one(Caller caller, UUID id) {
        return visible.require(holding(caller, id), id.toString());
    }

    /** Every version of one directive that exists for the caller, newest first, the current one in the state it has now. */
    List<Recorded> versions(Caller caller, UUID id) {
        Principal principal = holding(caller, id);
        Recorded current = visible.require(principal, id.toString());
        return VisibleDirectives.seen(principal, ledger.history(current.person())).stream()
                .filter(recorded -> recorded.directive().id().equals(id.toString()))
                .map(recorded ->
                        recorded.directive().version() == current.directive().version() ? current : recorded)
                .sorted((one, other) ->
                        other.directive().version() - one.directive().version())
                .toList();
    }

    private View view(Principal principal) {
        return new View(principal.personOfConsentRecords().toString(), visible.of(principal));
    }

    private Principal holding(Caller caller, UUID id) {
        PersonId person = own.require(caller);
        PersonId owner = ledger.owner(id).orElse(person);
        return principals.require(caller, owner.toString()).ofConsentRecords();
    }

    static RuntimeException unknown() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }

    private List<Recorded> granted(PersonId person, String organisation) {
        return ledger.list(person).stream()
                .filter(recorded -> recorded.directive().effect() == Effect.PERMIT)
                .filter(recorded -> recorded.directive().state() == State.ACTIVE)
                .map(recorded -> narrowed(recorded, organisation))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Only the grant itself: neither the other recipients nor what she made an exception of. */
    private Optional<Recorded> narrowed(Recorded recorded, String organisation) {
        Directive directive = recorded.directive();
        Set<Grantee> all = directive.base().grantees() == null
                ? Set.of()
                : directive.base().grantees();
        Set<Grantee> its = all.stream()
                .filter(grantee -> registry.belongs(grantee, organisation))
                .collect(Collectors.toSet());
        if (its.isEmpty()) {
            return Optional.empty();
        }
        Directive shown = new Directive(
                directive.id(),
                directive.version(),
                directive.state(),
                directive.effect(),
                directive.phase(),
                directive.base().withGrantees(its.toArray(new Grantee[0])),
                List.of(),
                directive.conditions(),
                null,
                directive.grantor());
        return Optional.of(recorded.showing(shown));
    }

    private void tell(Caller caller, PersonId person, List<Recorded> granted) {
        log.append(new AccessEvent(
                person,
                caller.organisation(),
                caller.client(),
                caller.user(),
                "read",
                "search Consent",
                caller.purposes(),
                AccessEvent.Outcome.PERMIT,
                "CONSENT",
                granted.stream().map(recorded -> recorded.directive().key()).toList(),
                null,
                caller.system()));
    }
}
