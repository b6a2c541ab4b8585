package phr.gateway.record;

import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/** One answer for what does not exist and for what the caller may not see (consent-semantics.md §14). */
final class Unknown {

    private Unknown() {}

    static FailureException resource() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
