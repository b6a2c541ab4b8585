package phr.gateway.people;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.consent.authority.Authorities;
import phr.consent.authority.RecordedAuthority;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;

/** For whom a logged-in citizen acts: herself, or somebody over whom she holds an authority (consent-semantics.md §3, PROXY). */
@ApplicationScoped
public class Principals {

    /** What the parameter {@code person} of an address means, for the public description of it. */
    public static final String PARAMETER = "id of the person for whom a proxy acts; missing: the caller herself";

    private final OwnAccount own;
    private final People people;
    private final Authorities authorities;

    Principals(OwnAccount own, People people, Authorities authorities) {
        this.own = own;
        this.people = people;
        this.authorities = authorities;
    }

    /**
     * @param person id in the address; null = herself
     * @throws phr.fhir.failure.FailureException NOT_FOUND for a person over whom she never held anything, FORBIDDEN while her
     *     authority does not work and in an application of somebody else
     */
    public Principal require(Caller caller, @Nullable String person) {
        PersonId self = own.require(caller);
        if (person == null || person.equals(self.toString())) {
            return Principal.self(self);
        }
        PersonId other = people.find(person).orElseThrow(Principals::notFound);
        if (authorities.between(self, other).isEmpty()) {
            throw notFound();
        }
        RecordedAuthority authority = working(self, other);
        return new Principal(other, self, authority, authorities.closedTo(authority));
    }

    /**
     * What a citizen has over somebody else, in any state, the working first: whether it is enough is decided with the access.
     *
     * @param address id in the address; read when {@code person} is null
     */
    public Optional<RecordedAuthority> between(PersonId self, @Nullable String address, @Nullable PersonId person) {
        Optional<PersonId> other = Optional.ofNullable(person == null ? address : person.toString())
                .flatMap(people::find);
        return other.flatMap(id -> authorities.between(self, id).stream().findFirst());
    }

    private RecordedAuthority working(PersonId holder, PersonId person) {
        Optional<RecordedAuthority> working = authorities.working(holder, person);
        return working.orElseThrow(
                () -> Failure.of(Category.FORBIDDEN, "authority", "no authority in force allows this")
                        .exception());
    }

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
