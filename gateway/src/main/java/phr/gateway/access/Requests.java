package phr.gateway.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.Party;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.people.Organisations;
import phr.gateway.people.People;

/** From a caller and what she wants to the inputs of a decision (consent-semantics.md §2). */
@ApplicationScoped
class Requests {

    private final People people;
    private final Organisations organisations;

    Requests(People people, Organisations organisations) {
        this.people = people;
        this.organisations = organisations;
    }

    /** @throws phr.fhir.failure.FailureException NOT_FOUND for a person the caller does not know */
    AccessRequest of(Caller caller, Ask ask) {
        Optional<PersonId> self = people.self(caller);
        if (self.isPresent()) {
            return request(caller, self.filter(id -> means(ask, id)), Capacity.SELF, ask.action(), caller.purposes());
        }
        Optional<PersonId> known = caller.organisation() == null
                ? Optional.empty()
                : known(caller.organisation(), ask.patient(), ask.person());
        return request(caller, known, Capacity.RECIPIENT, ask.action(), caller.purposes());
    }

    AccessRequest ofSelf(Caller caller, PersonId person, Action action) {
        return request(caller, people.self(caller).filter(person::equals), Capacity.SELF, action, List.of("PATRQT"));
    }

    String patientId(AccessRequest request) {
        PersonId person = Objects.requireNonNull(request.subject());
        Party organisation = request.organisation();
        if (request.capacity() == Capacity.SELF || organisation == null) {
            return person.toString();
        }
        return people.pairwise(bare(organisation), person).orElseThrow();
    }

    private static boolean means(Ask ask, PersonId self) {
        return ask.person() == null ? self.toString().equals(ask.patient()) : self.equals(ask.person());
    }

    private Optional<PersonId> known(String organisation, @Nullable String patient, @Nullable PersonId person) {
        if (person != null) {
            return people.pairwise(organisation, person).map(id -> person);
        }
        return patient == null ? Optional.empty() : people.known(organisation, patient);
    }

    private AccessRequest request(
            Caller caller, Optional<PersonId> subject, Capacity capacity, Action action, List<String> purposes) {
        if (subject.isEmpty()) {
            throw Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
        }
        String organisation = capacity == Capacity.SELF ? null : caller.organisation();
        return new AccessRequest(
                subject.get(),
                organisations.app(caller.client(), organisation).orElse(null),
                caller.system() ? null : caller.subject(),
                caller.system(),
                organisation == null ? null : organisations.party(organisation).orElse(null),
                caller.roles(),
                capacity,
                purposes,
                action);
    }

    private static String bare(Party organisation) {
        return organisation.id().substring(organisation.id().indexOf('/') + 1);
    }
}
