package phr.gateway.people;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;

/**
 * For what only the person herself may do (consents, introductions, the access log), and only through the provider's own
 * applications: another vendor's app must not be able to grant itself anything with her login.
 */
@ApplicationScoped
public class OwnAccount {

    private final People people;
    private final Organisations organisations;

    OwnAccount(People people, Organisations organisations) {
        this.people = people;
        this.organisations = organisations;
    }

    /**
     * The person who is logged in.
     *
     * @throws phr.fhir.failure.FailureException NOT_FOUND for everybody who is not a registered person; FORBIDDEN in an
     *     application of somebody else
     */
    public PersonId require(Caller caller) {
        Optional<PersonId> self = people.self(caller);
        if (self.isEmpty()) {
            throw notFound();
        }
        requireFirstParty(caller);
        return self.get();
    }

    /** As {@link #require(Caller)}, when the id in the address is hers. */
    public PersonId require(Caller caller, String person) {
        if (people.self(caller).filter(self -> self.toString().equals(person)).isEmpty()) {
            throw notFound();
        }
        return require(caller);
    }

    /** @throws phr.fhir.failure.FailureException FORBIDDEN in an application of somebody else */
    public void requireFirstParty(Caller caller) {
        if (!organisations.firstParty(caller.client())) {
            throw Failure.of(
                            Category.FORBIDDEN,
                            "first-party-only",
                            "this is possible only in the provider's own applications")
                    .exception();
        }
    }

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
