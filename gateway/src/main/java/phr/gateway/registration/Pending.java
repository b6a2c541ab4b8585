package phr.gateway.registration;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import phr.consent.ConsentGate;
import phr.consent.Denial;
import phr.fhir.PersonId;
import phr.gateway.record.PersonKeys;

/** Stand-ins until the consent engine and the store are there: nothing is permitted and nothing is kept. */
final class Pending {

    private Pending() {}

    @Produces
    @Singleton
    @DefaultBean
    static ConsentGate gate() {
        return request -> new Denial(Denial.Reason.INDETERMINATE, request, List.of());
    }

    @Produces
    @Singleton
    @DefaultBean
    static PersonKeys keys() {
        return new PersonKeys() {
            @Override
            public byte[] seal(PersonId person, String context, byte[] plain) {
                throw new IllegalStateException("no keys yet");
            }

            @Override
            public byte[] open(PersonId person, String context, byte[] sealed) {
                throw new IllegalStateException("no keys yet");
            }
        };
    }
}
