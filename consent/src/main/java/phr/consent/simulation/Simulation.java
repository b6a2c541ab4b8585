package phr.consent.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.fhir.Finding;

/**
 * The stateless form of a body, read and checked.
 *
 * @param consents of the shape of a FHIR R4 Consent
 * @param found findings about the directives, by their place
 * @param at null when missing
 */
record Simulation(
        List<JsonNode> consents,
        List<Directive> directives,
        Asked asked,
        @Nullable Instant at,
        @Nullable String atWritten,
        List<Given> resources,
        Context context,
        References references) {

    Simulation {
        consents = List.copyOf(consents);
        directives = List.copyOf(directives);
        resources = List.copyOf(resources);
    }

    /** A finding and the Consent, directive or request that it is about. */
    record Located(String at, Finding finding) {}
}
