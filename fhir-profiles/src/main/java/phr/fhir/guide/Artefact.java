package phr.fhir.guide;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One conformance resource of the guide.
 *
 * @param json the whole resource
 */
public record Artefact(ObjectNode json) {

    /** FHIR type, {@code StructureDefinition}. */
    public String type() {
        return json.path("resourceType").asText();
    }

    public String id() {
        return json.path("id").asText();
    }

    /** Canonical address without version. */
    public String url() {
        return json.path("url").asText();
    }

    /** Name inside the NPM package. */
    String fileName() {
        return type() + "-" + id() + ".json";
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
