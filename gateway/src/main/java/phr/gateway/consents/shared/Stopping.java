package phr.gateway.consents.shared;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.authority.RecordedAuthority;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.Effect;
import phr.consent.directive.Elements;
import phr.consent.directive.Emergency;
import phr.consent.directive.Grantee;
import phr.consent.directive.Grantor;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.directive.State;
import phr.consent.ledger.Act;
import phr.consent.ledger.ConsentEpochs;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Recorded;
import phr.consent.lifecourse.Authority;
import phr.fhir.PersonId;
import phr.gateway.consents.Registry;
import phr.gateway.consents.VisibleDirectives;
import phr.gateway.people.Principal;

/** The stop switch: one deny of everything for one recipient, and its permits are revoked, in one transaction. */
@ApplicationScoped
class Stopping {

    private final ConsentLedger ledger;
    private final VisibleDirectives visible;
    private final ConsentEpochs epochs;
    private final Registry registry;

    Stopping(ConsentLedger ledger, VisibleDirectives visible, ConsentEpochs epochs, Registry registry) {
        this.ledger = ledger;
        this.visible = visible;
        this.epochs = epochs;
        this.registry = registry;
    }

    /**
     * What the switch did.
     *
     * @param revoked permits that named nobody else
     * @param overridden permits that name others too, or a class: the deny wins over them
     */
    record Stopped(Recorded deny, List<Recorded> revoked, List<Recorded> overridden) {}

    /**
     * Stopping twice is one deny. A proxy stops as far as her authority reaches: what lies beyond it goes on.
     *
     * @param emergency whether a valid emergency still opens the record
     */
    @Transactional
    Stopped stop(Principal principal, String organisation, Emergency emergency, @Nullable String reason, Act act) {
        PersonId person = principal.person();
        epochs.lock(person);
        Directive draft = deny(organisation, emergency, principal.authority());
        List<Recorded> before = visible.of(principal);
        Recorded deny = standing(before, draft, principal).orElseGet(() -> ledger.grant(person, draft, registry, act));
        List<Recorded> revoked = new ArrayList<>();
        List<Recorded> overridden = new ArrayList<>();
        for (Recorded recorded : before) {
            Set<Grantee> grantees = grantees(recorded.directive());
            if (!opens(recorded.directive()) || grantees.isEmpty()) {
                continue;
            }
            boolean only = grantees.stream().allMatch(grantee -> registry.belongs(grantee, organisation));
            if (only && principal.reaches(recorded.directive())) {
                revoked.add(ledger.revoke(
                        person, UUID.fromString(recorded.directive().id()), reason, act));
            } else if (grantees.stream().anyMatch(grantee -> mayMean(grantee, organisation))) {
                overridden.add(recorded);
            }
        }
        return new Stopped(deny, revoked, overridden);
    }

    private static Directive deny(String organisation, Emergency emergency, @Nullable RecordedAuthority authority) {
        Elements everything =
                Elements.NONE.withGrantees(Grantee.of(Grantee.Kind.ORGANISATION, "Organization/" + organisation));
        if (authority != null) {
            everything = within(everything, authority.scope());
        }
        return new Directive(
                "", 1, State.ACTIVE, Effect.DENY, null, everything, List.of(), List.of(), emergency, Grantor.SELF);
    }

    private static Elements within(Elements everything, Authority.Scope scope) {
        Elements limited = everything;
        if (scope.purposes() != null) {
            limited = limited.withPurposes(scope.purposes().toArray(String[]::new));
        }
        if (scope.actions() != null) {
            limited = limited.withActions(scope.actions().toArray(Action[]::new));
        }
        return scope.categories() == null
                ? limited
                : limited.withSelectors(
                        Selectors.of(Selector.ofCategories(scope.categories().toArray(String[]::new))));
    }

    /** What somebody else gave for her is no act of her own. */
    private static Optional<Recorded> standing(List<Recorded> all, Directive draft, Principal principal) {
        return all.stream()
                .filter(recorded ->
                        principal.proxy() || recorded.directive().grantor().authority() == null)
                .filter(recorded -> recorded.directive().state() == State.ACTIVE)
                .filter(recorded -> recorded.bodySha256().equals(DirectiveWriter.bodyHash(draft)))
                .findFirst();
    }

    private static boolean opens(Directive directive) {
        boolean over = directive.state() == State.REVOKED
                || directive.state() == State.EXPIRED
                || directive.state() == State.SUPERSEDED;
        return directive.effect().permits() && !over;
    }

    private boolean mayMean(Grantee grantee, String organisation) {
        return switch (grantee.kind()) {
            case CLASS, ANY, PERSON, GROUP, RELATIONSHIP -> true;
            default -> registry.belongs(grantee, organisation);
        };
    }

    private static Set<Grantee> grantees(Directive directive) {
        Collection<Grantee> grantees = directive.base().grantees();
        return grantees == null ? Set.of() : Set.copyOf(grantees);
    }
}
