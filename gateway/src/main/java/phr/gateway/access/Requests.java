package phr.gateway.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Party;
import phr.consent.authority.RecordedAuthority;
import phr.fhir.PersonId;
import phr.gateway.caller.Caller;
import phr.gateway.caller.Interaction;
import phr.gateway.people.Organisations;
import phr.gateway.people.People;
import phr.gateway.people.Principals;

/** From a caller and what she wants to the inputs of a decision (consent-semantics.md §2). */
@ApplicationScoped
class Requests {

    private final People people;
    private final Organisations organisations;
    private final Principals principals;

    Requests(People people, Organisations organisations, Principals principals) {
        this.people = people;
        this.principals = principals;
        this.organisations = organisations;
    }

    /** @throws phr.fhir.failure.FailureException NOT_FOUND for a person the caller does not know */
    AccessRequest of(Caller caller, Ask ask) {
        // whose resource it is was found among those whom the login stands for: it is hers a moment later too
        Optional<PersonId> self = ask.person() == null ? people.self(caller) : people.selfOfLate(caller);
        if (self.isPresent()) {
            return means(ask, self.get())
                    ? request(caller, self, Capacity.SELF, ask.action(), caller.purposes())
                    : proxy(caller, self.get(), ask);
        }
        Optional<PersonId> known = caller.organisation() == null ? Optional.empty() : known(caller.organisation(), ask);
        return request(caller, known, Capacity.RECIPIENT, ask.action(), caller.purposes());
    }

    AccessRequest ofSelf(Caller caller, PersonId person, Action action) {
        return request(caller, people.self(caller).filter(person::equals), Capacity.SELF, action, List.of("PATRQT"));
    }

    /** Of a person without login, whom the caller registers now. */
    AccessRequest ofDependant(Caller caller, PersonId person, Action action) {
        return request(caller, Optional.of(person), Capacity.SELF, action, List.of("PATRQT"));
    }

    /** A citizen with somebody else's id: what she holds over that person is named; whether it suffices is decided. */
    private AccessRequest proxy(Caller caller, PersonId self, Ask ask) {
        RecordedAuthority authority =
                principals.between(self, ask.patient(), ask.person()).orElseThrow(Refusals::unknown);
        return new AccessRequest(
                authority.person(),
                organisations.app(caller.client(), null).orElse(null),
                self.toString(),
                false,
                null,
                caller.roles(),
                Capacity.PROXY,
                caller.purposes(),
                ask.action(),
                Set.of(),
                Set.of(),
                authority.id().toString(),
                null);
    }

    String patientId(AccessRequest request) {
        PersonId person = Objects.requireNonNull(request.subject());
        Party organisation = request.organisation();
        if (request.capacity() == Capacity.SELF || organisation == null) {
            return person.toString();
        }
        return people.pairwiseOfKnown(bare(organisation), person).orElseThrow(Refusals::unknown);
    }

    void forget() {
        people.forget();
    }

    private static boolean means(Ask ask, PersonId self) {
        return ask.person() == null ? self.toString().equals(ask.patient()) : self.equals(ask.person());
    }

    /**
     * An id that nobody known to the organisation holds is decided, refused and logged like one whose holder does not consent, for
     * a person who does not exist: neither the answer nor the time it takes tells them apart (§14, P-20).
     */
    private Optional<PersonId> known(String organisation, Ask ask) {
        if (ask.patient() != null) {
            return people.known(organisation, ask.patient());
        }
        PersonId nobody = Nobody.of(organisation);
        PersonId holder = ask.person() == null ? nobody : ask.person();
        return Optional.of(people.pairwise(organisation, holder).isPresent() ? holder : nobody);
    }

    /** A read that names no person. */
    static boolean byId(Ask ask) {
        return !ask.namesPerson() && ask.interaction() == Interaction.READ;
    }

    private AccessRequest request(
            Caller caller, Optional<PersonId> subject, Capacity capacity, Action action, List<String> purposes) {
        if (subject.isEmpty()) {
            throw Refusals.unknown();
        }
        String organisation = capacity == Capacity.SELF ? null : caller.organisation();
        ClientApp app = organisations.app(caller.client(), organisation).orElse(null);
        return new AccessRequest(
                subject.get(),
                app,
                caller.system() ? null : caller.subject(),
                caller.system(),
                organisation == null ? null : party(organisation, app),
                caller.roles(),
                capacity,
                purposes,
                action);
    }

    /** Most organisations use an application that they have registered themselves. */
    private @Nullable Party party(String organisation, @Nullable ClientApp app) {
        Party vendor = app == null ? null : app.vendor();
        return vendor != null && bare(vendor).equals(organisation)
                ? vendor
                : organisations.party(organisation).orElse(null);
    }

    private static String bare(Party organisation) {
        return organisation.id().substring(organisation.id().indexOf('/') + 1);
    }
}
