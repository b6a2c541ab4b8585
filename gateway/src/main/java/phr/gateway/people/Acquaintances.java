package phr.gateway.people;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.caller.Caller;

/** Whom a caller may have to do with: the only persons among whom a resource is looked for by its id alone. */
@ApplicationScoped
public class Acquaintances {

    private final People people;

    Acquaintances(People people) {
        this.people = people;
    }

    /**
     * Persons by themselves, and all whom an organisation knows by a pairwise id.
     *
     * @param organisation null for a citizen
     */
    public record Known(Set<PersonId> persons, @Nullable String organisation) {
        public Known {
            persons = Set.copyOf(persons);
        }

        /** The only person it can be. */
        public Optional<PersonId> only() {
            return organisation == null && persons.size() == 1
                    ? persons.stream().findFirst()
                    : Optional.empty();
        }
    }

    public Known of(Caller caller) {
        return new Known(people.selfAndPrincipals(caller), caller.organisation());
    }
}
