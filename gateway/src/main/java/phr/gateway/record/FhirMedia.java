package phr.gateway.record;

import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Media types under {@code /fhir}. */
final class FhirMedia {

    static final String JSON = "application/fhir+json";
    static final String PLAIN_JSON = "application/json";

    private FhirMedia() {}

    /** Whether a client that accepts these types wants a Binary as FHIR resource instead of its bytes. */
    static boolean asks(List<MediaType> accepted) {
        return accepted.stream().anyMatch(type -> "fhir+json".equals(type.getSubtype()));
    }
}
