package phr.gateway.registration;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import phr.consent.ConsentGate;
import phr.consent.Denial;

/** Stands in until the consent engine is there: nothing is permitted. */
final class Pending {

    private Pending() {}

    @Produces
    @Singleton
    @DefaultBean
    static ConsentGate gate() {
        return request -> new Denial(Denial.Reason.INDETERMINATE, request, List.of());
    }
}
