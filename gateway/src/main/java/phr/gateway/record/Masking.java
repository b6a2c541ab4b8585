package phr.gateway.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes references to hidden resources out of a resource (consent-semantics.md §14.2). In lists the reference, or the part that
 * carries it, goes; a single or last one stays with data-absent-reason {@code masked}. A narrative could repeat what was taken
 * out and goes too.
 */
final class Masking {

    private static final String ABSENT_REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    private final Set<String> hidden;
    private boolean changed;

    private Masking(Set<String> hidden) {
        this.hidden = hidden;
    }

    /** @param hidden references {@code Type/id} */
    static byte[] references(byte[] json, Set<String> hidden) {
        ObjectNode resource = StoredJson.parse(json);
        Masking masking = new Masking(hidden);
        masking.object(resource);
        if (!masking.changed) {
            return json;
        }
        resource.remove("text");
        return StoredJson.write(resource);
    }

    private void object(ObjectNode node) {
        if (pointsToHidden(node)) {
            mask(node);
            return;
        }
        JsonNode url = node.get("url");
        if (url != null && url.isTextual() && hidden.contains(url.textValue())) {
            node.remove("url");
            changed = true;
        }
        node.properties().forEach(field -> node(field.getValue()));
    }

    private void node(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object(object);
        } else if (node instanceof ArrayNode array) {
            array(array);
        }
    }

    /** Elements that point, or whose direct part points, to a hidden resource are removed; one masked reference remains. */
    private void array(ArrayNode array) {
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode element : array) {
            if (!pointsToHidden(element) && !carriesHidden(element)) {
                kept.add(element);
            }
        }
        if (kept.size() < array.size()) {
            changed = true;
            JsonNode last = array.get(array.size() - 1);
            array.removeAll();
            array.addAll(kept);
            if (kept.isEmpty()) {
                array.add(last);
            }
        }
        array.forEach(this::node);
    }

    private boolean carriesHidden(JsonNode element) {
        for (JsonNode part : element) {
            if (element.isObject() && pointsToHidden(part)) {
                return true;
            }
        }
        return false;
    }

    private boolean pointsToHidden(JsonNode node) {
        JsonNode reference = node.get("reference");
        return reference != null && reference.isTextual() && hidden.contains(plain(reference.textValue()));
    }

    private static String plain(String reference) {
        int history = reference.indexOf("/_history/");
        return history < 0 ? reference : reference.substring(0, history);
    }

    private void mask(ObjectNode reference) {
        changed = true;
        reference.remove(List.of("reference", "identifier", "display", "type"));
        reference.withArray("extension").addObject().put("url", ABSENT_REASON).put("valueCode", "masked");
    }
}
