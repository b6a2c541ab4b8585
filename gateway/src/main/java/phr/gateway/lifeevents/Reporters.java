package phr.gateway.lifeevents;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import phr.consent.authority.Authorities;
import phr.consent.authority.RecordedAuthority;
import phr.consent.lifecourse.Authority;
import phr.consent.lifecourse.LifeEvent;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.authorities.Operators;
import phr.gateway.caller.Caller;
import phr.gateway.people.People;

/** Who may report what about whom: everybody with a relation to the person (consent-semantics.md §11). */
@ApplicationScoped
class Reporters {

    private static final Set<LifeEvent.Type> BY_ANYBODY =
            EnumSet.of(LifeEvent.Type.DEATH, LifeEvent.Type.CAPACITY_LOST, LifeEvent.Type.CAPACITY_REGAINED);
    private static final Set<LifeEvent.Type> BY_FAMILY = EnumSet.of(
            LifeEvent.Type.DEATH,
            LifeEvent.Type.CAPACITY_LOST,
            LifeEvent.Type.CAPACITY_REGAINED,
            LifeEvent.Type.CUSTODY_CHANGE,
            LifeEvent.Type.PROTECTED_ADDRESS);

    private final People people;
    private final Authorities authorities;

    Reporters(People people, Authorities authorities) {
        this.people = people;
        this.authorities = authorities;
    }

    /**
     * The person of the address, when the caller may report this about her.
     *
     * @param address her own id, or the pairwise id of the caller's organisation
     * @throws phr.fhir.failure.FailureException NOT_FOUND without a relation, FORBIDDEN for what somebody else reports
     */
    PersonId person(Caller caller, String address, LifeEvent.Type type) {
        if (Operators.is(caller)) {
            return people.find(address).orElseThrow(Reporters::notFound);
        }
        String organisation = caller.organisation();
        if (organisation != null) {
            PersonId known = people.known(organisation, address).orElseThrow(Reporters::notFound);
            return allowed(known, BY_ANYBODY.contains(type));
        }
        PersonId self = people.self(caller).orElseThrow(Reporters::notFound);
        PersonId person = people.find(address).orElseThrow(Reporters::notFound);
        if (self.equals(person)) {
            return allowed(person, BY_FAMILY.contains(type) && type != LifeEvent.Type.DEATH);
        }
        Optional<RecordedAuthority> relation = authorities.between(self, person).stream()
                .filter(authority -> authority.state() != Authority.State.REGISTERED)
                .findFirst();
        return allowed(relation.orElseThrow(Reporters::notFound).person(), BY_FAMILY.contains(type));
    }

    private static PersonId allowed(PersonId person, boolean allowed) {
        if (!allowed) {
            throw Failure.of(Category.FORBIDDEN, "CS-11", "somebody else reports this")
                    .exception();
        }
        return person;
    }

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
