package phr.gateway.record;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Grant;
import phr.consent.Party;
import phr.consent.Permit;
import phr.consent.PermitIssuer;
import phr.consent.Predicate;
import phr.fhir.PersonId;

/** Permits as the consent engine would make them. */
public final class Permits extends PermitIssuer {

    static final Instant FOREVER = Instant.parse("2126-01-01T00:00:00Z");

    private Permits() {}

    /** The person's own. */
    static Permit self(PersonId person, Action action, long epoch) {
        return of(request(person, action, Capacity.SELF, null, "PATRQT"), epoch, FOREVER, Predicate.ALWAYS);
    }

    static Permit own(PersonId person) {
        return self(person, Action.READ, 0);
    }

    static Permit contribute(PersonId person) {
        return self(person, Action.CONTRIBUTE, 0);
    }

    /** A recipient's, in epoch 0, without obligations. */
    static Permit recipient(PersonId person, Action action, Predicate... grants) {
        return of(request(person, action, Capacity.RECIPIENT, "sakura-clinic", "TREAT"), 0, FOREVER, grants);
    }

    static Permit of(AccessRequest request, long epoch, Instant validUntil, Predicate... grants) {
        return of(
                request,
                epoch,
                validUntil,
                List.of(grants).stream().map(p -> new Grant(p, Set.of())).toList());
    }

    static Permit of(AccessRequest request, long epoch, Instant validUntil, List<Grant> grants) {
        return issue(request, new Permit.Basis("CONSENT", List.of()), grants, epoch, validUntil);
    }

    /** Of which only aggregates may leave. */
    static Permit aggregating(PersonId person, Grant... aggregates) {
        return aggregating(person, List.of(), aggregates);
    }

    static Permit aggregating(PersonId person, List<Grant> grants, Grant... aggregates) {
        return issue(
                request(person, Action.READ, Capacity.RECIPIENT, "mimamori", "insurance-wellness"),
                new Permit.Basis("CONSENT", List.of()),
                grants,
                List.of(aggregates),
                0,
                FOREVER);
    }

    static AccessRequest request(
            PersonId person, Action action, Capacity capacity, @Nullable String organisation, String... purposes) {
        ClientApp app = new ClientApp("sakura-viewer", false, true, null);
        Party party = organisation == null ? null : new Party(organisation, Set.of(), Set.of(), "JP");
        return new AccessRequest(person, app, "user-1", false, party, Set.of(), capacity, List.of(purposes), action);
    }
}
