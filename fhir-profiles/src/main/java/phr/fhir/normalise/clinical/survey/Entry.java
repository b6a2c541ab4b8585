package phr.fhir.normalise.clinical.survey;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One resource of a file.
 *
 * @param place of the resource, e.g. {@code Bundle.entry[3].resource} or {@code line 17}
 * @param fullUrl of the entry of a Bundle; empty when it has none
 * @param type empty when it is no resource
 * @param id of the source, empty when it has none
 */
public record Entry(String place, String fullUrl, JsonNode resource, String type, String id) {

    private static final String OF_BUNDLE = "Bundle.";

    /** @param piece a resource, or the entry of a Bundle that holds one */
    public static Entry of(String place, JsonNode piece) {
        boolean entry = ofBundle(place);
        JsonNode resource = entry ? piece.path("resource") : piece;
        return new Entry(
                entry ? place + ".resource" : place,
                entry ? piece.path("fullUrl").asText("") : "",
                resource,
                resource.path("resourceType").asText(""),
                resource.path("id").asText(""));
    }

    /** Whether a piece is the entry of a Bundle. */
    public static boolean ofBundle(String place) {
        return place.startsWith(OF_BUNDLE);
    }

    /** {@code Type/id}; empty without an id. */
    String typeAndId() {
        return id.isEmpty() ? "" : type + "/" + id;
    }
}
