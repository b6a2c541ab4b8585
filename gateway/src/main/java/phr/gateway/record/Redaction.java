package phr.gateway.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * A Patient without name, address, telecom, photo, contact and day of birth (consent-semantics.md §4.2). Elements are kept by
 * name, not removed by name, so extensions, identifiers and narrative cannot give away what the elements hide.
 */
final class Redaction {

    private static final String OBSERVATION_VALUE = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
    private static final Set<String> KEPT = Set.of(
            "resourceType", "id", "meta", "active", "gender", "birthDate", "deceasedBoolean", "deceasedDateTime");

    private Redaction() {}

    static byte[] demographics(byte[] json) {
        ObjectNode patient = StoredJson.parse(json);
        patient.retain(KEPT);
        JsonNode birthDate = patient.get("birthDate");
        if (birthDate != null && birthDate.asText().length() >= 4) {
            patient.put("birthDate", birthDate.asText().substring(0, 4));
        }
        ObjectNode meta = patient.withObject("/meta");
        meta.withArray("security").addObject().put("system", OBSERVATION_VALUE).put("code", "REDACTED");
        meta.withArray("tag").addObject().put("system", OBSERVATION_VALUE).put("code", "SUBSETTED");
        return StoredJson.write(patient);
    }
}
