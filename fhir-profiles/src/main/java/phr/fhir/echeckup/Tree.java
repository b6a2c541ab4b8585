package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Short ways in a FHIR JSON tree. */
final class Tree {

    static final String ABSENT_REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private Tree() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    /** A resource with its id and meta, nothing else. */
    static ObjectNode head(ObjectNode stored) {
        ObjectNode head = object();
        head.set("resourceType", stored.get("resourceType"));
        head.set("id", stored.get("id"));
        head.set("meta", stored.path("meta").isObject() ? stored.get("meta").deepCopy() : object());
        return head;
    }

    static String name(JsonNode resource) {
        return text(resource, "resourceType") + "/" + text(resource, "id");
    }

    static String text(JsonNode owner, String field) {
        return owner.path(field).asText("");
    }

    static String reference(JsonNode owner, String field) {
        return text(owner.path(field), "reference");
    }

    /** First code of a system in a concept. */
    static Optional<JsonNode> coding(JsonNode concept, String system) {
        for (JsonNode coding : concept.path("coding")) {
            if (system.equals(text(coding, "system")) && coding.hasNonNull("code")) {
                return Optional.of(coding);
            }
        }
        return Optional.empty();
    }

    /** The same in a list of concepts. */
    static Optional<JsonNode> codingOf(JsonNode concepts, String system) {
        for (JsonNode concept : concepts) {
            Optional<JsonNode> found = coding(concept, system);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    static ObjectNode coding(String system, String code) {
        return object().put("system", system).put("code", code);
    }

    static ObjectNode concept(JsonNode coding) {
        ObjectNode concept = object();
        concept.putArray("coding").add(coding.deepCopy());
        return concept;
    }

    static ObjectNode referring(String reference) {
        return object().put("reference", reference);
    }

    static ArrayNode list(JsonNode only) {
        return NODES.arrayNode().add(only);
    }

    /** An element that the form demands and nobody knows: it is there and says why it is empty. */
    static ObjectNode absent(boolean masked) {
        ObjectNode element = object();
        element.putArray("extension")
                .add(object().put("url", ABSENT_REASON).put("valueCode", masked ? "masked" : "unknown"));
        return element;
    }

    /** Whether elements were taken out of it on the way here. */
    static boolean redacted(JsonNode resource) {
        for (JsonNode coding : resource.at("/meta/security")) {
            if (text(coding, "code").equals("REDACTED")) {
                return true;
            }
        }
        return false;
    }
}
