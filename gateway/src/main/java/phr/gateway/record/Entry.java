package phr.gateway.record;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import phr.consent.Obligation;
import phr.fhir.facts.DataTime;
import phr.fhir.normalise.SourceIdentity;

/**
 * One permitted version of a resource as stored.
 *
 * @param categories codes of its consent categories; empty when it has none or they are not known
 * @param time clinical time of the data
 * @param json complete FHIR JSON with {@code meta}, UTF-8; references to the person are {@code Patient/{person id}}
 * @param obligations of the grant that permits it
 * @param hidden references {@code Type/id} inside it whose targets the caller may not see; filled only under
 *     {@link Obligation#MASK_REFERENCES}
 * @param deleted this version is a deletion: there is no {@code json}
 */
public record Entry(
        String type,
        UUID id,
        int version,
        Instant lastUpdated,
        SourceIdentity source,
        Set<String> categories,
        DataTime time,
        byte[] json,
        Set<Obligation> obligations,
        Set<String> hidden,
        boolean deleted) {}
