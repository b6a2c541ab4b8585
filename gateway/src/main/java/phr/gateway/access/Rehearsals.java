package phr.gateway.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import phr.consent.AccessRequest;
import phr.consent.Permit;
import phr.fhir.PersonId;
import phr.fhir.failure.FailureException;
import phr.gateway.people.People;

/**
 * Makes every way to find nothing by an id take the same time (consent-semantics.md §14, P-20). An id that nobody holds, one whose
 * holder refuses and one that a permit does not reach each cost one refusal and one look into a record: what the question did not
 * need is done for nothing, and leaves no trace.
 */
@ApplicationScoped
class Rehearsals {

    private final Enforcement enforcement;
    private final People people;
    /** By organisation, the last person of whom it was permitted to read by id. */
    private final Map<String, PersonId> permitted = new ConcurrentHashMap<>();

    Rehearsals(Enforcement enforcement, People people) {
        this.enforcement = enforcement;
        this.people = people;
    }

    /**
     * @param work what a permit is used for
     * @param real asks in earnest; an empty Optional or a failure is the answer of 404
     */
    <T> T alike(String organisation, AccessRequest request, Function<Permit, T> work, Supplier<T> real) {
        T found;
        try {
            found = real.get();
        } catch (FailureException e) {
            Optional.ofNullable(permitted.get(organisation))
                    .or(() -> people.anyKnown(organisation))
                    .ifPresent(somebody -> enforcement.rehearse(request.about(somebody), work));
            throw e;
        }
        permitted.put(organisation, Objects.requireNonNull(request.subject()));
        if (found instanceof Optional<?> maybe && maybe.isEmpty()) {
            enforcement.rehearse(request.about(Nobody.of(organisation)), permit -> permit);
        }
        return found;
    }

    void forget(PersonId person) {
        permitted.values().removeIf(person::equals);
    }
}
