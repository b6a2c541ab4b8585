package phr.portability;

import java.time.Instant;
import java.util.Set;
import phr.fhir.normalise.SourceIdentity;

/**
 * One permitted resource on its way out.
 *
 * @param source identity it was stored with
 * @param categories codes of the consent categories; empty when the type has none or they are not known
 * @param json complete FHIR JSON in UTF-8, references to the person as {@code Patient/{person id}}
 */
public record SourceResource(
        String type,
        String id,
        int version,
        Instant lastUpdated,
        SourceIdentity source,
        Set<String> categories,
        byte[] json) {

    public SourceResource {
        categories = Set.copyOf(categories);
    }

    /** {@code Type/id}. */
    public String reference() {
        return type + "/" + id;
    }
}
