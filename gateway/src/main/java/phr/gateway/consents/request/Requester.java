package phr.gateway.consents.request;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.people.Organisations;

/** The organisation that a caller may ask for: its own, through an application that is registered. */
@ApplicationScoped
class Requester {

    private final Organisations organisations;

    Requester(Organisations organisations) {
        this.organisations = organisations;
    }

    Optional<String> find(Caller caller) {
        return Optional.ofNullable(caller.organisation())
                .filter(organisation -> organisations.party(organisation).isPresent())
                .filter(organisation ->
                        organisations.app(caller.client(), organisation).isPresent());
    }

    /** @throws phr.fhir.failure.FailureException NOT_FOUND for everybody else: here is nothing for them */
    String require(Caller caller) {
        return find(caller).orElseThrow(Requester::notFound);
    }

    static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
