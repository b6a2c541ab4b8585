package phr.gateway.record;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;

/**
 * Takes references to hidden resources out of a resource (consent-semantics.md §14.2): the reference, or the element of a list that
 * carries it, goes; where the definition of the type demands one, it stays with data-absent-reason {@code masked}. A narrative
 * could repeat what was taken out and goes too, and a section that lost its last entry goes with its title.
 */
final class Masking {

    private static final String ABSENT_REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

    private final Set<String> hidden;
    private boolean changed;

    private Masking(Set<String> hidden) {
        this.hidden = hidden;
    }

    /**
     * @param hidden references {@code Type/id}
     * @return whether anything was taken out
     */
    static boolean references(ObjectNode resource, Set<String> hidden) {
        Masking masking = new Masking(hidden);
        masking.object(resource, resource(resource));
        if (masking.changed && resource.path("resourceType").asText().equals("Group")) {
            // counts the members that were taken out
            resource.remove("quantity");
        }
        return masking.changed;
    }

    private static @Nullable BaseRuntimeElementDefinition<?> resource(ObjectNode resource) {
        String type = resource.path("resourceType").asText();
        return Fhir.context().getResourceTypes().contains(type) ? Fhir.context().getResourceDefinition(type) : null;
    }

    /** @param definition null where none is known: then nothing is demanded */
    private void object(ObjectNode node, @Nullable BaseRuntimeElementDefinition<?> definition) {
        for (Map.Entry<String, JsonNode> field : List.copyOf(node.properties())) {
            String name = field.getKey();
            BaseRuntimeChildDefinition child = child(definition, name);
            boolean demanded = child != null && child.getMin() > 0;
            BaseRuntimeElementDefinition<?> type = child == null ? null : child.getChildByName(name);
            if (field.getValue() instanceof ObjectNode object) {
                single(node, name, object, type, demanded);
            } else if (field.getValue() instanceof ArrayNode array) {
                array(node, name, array, type, demanded);
            }
        }
        JsonNode url = node.get("url");
        if (url != null && url.isTextual() && hidden.contains(url.textValue())) {
            node.remove("url");
            changed = true;
        }
    }

    private static @Nullable BaseRuntimeChildDefinition child(
            @Nullable BaseRuntimeElementDefinition<?> definition, String name) {
        return definition instanceof BaseRuntimeElementCompositeDefinition<?> composite
                ? composite.getChildByName(name)
                : null;
    }

    private void single(
            ObjectNode owner,
            String name,
            ObjectNode value,
            @Nullable BaseRuntimeElementDefinition<?> definition,
            boolean demanded) {
        if (pointsToHidden(value)) {
            changed = true;
            if (demanded) {
                mask(value);
            } else {
                owner.remove(name);
            }
            return;
        }
        object(value, definition);
        if (value.isEmpty()) {
            owner.remove(name);
        }
    }

    private void array(
            ObjectNode owner,
            String name,
            ArrayNode array,
            @Nullable BaseRuntimeElementDefinition<?> definition,
            boolean demanded) {
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode element : array) {
            if (!pointsToHidden(element) && !carriesHidden(element) && !emptied(name, element, definition)) {
                kept.add(element);
            }
        }
        if (kept.size() == array.size()) {
            return;
        }
        changed = true;
        JsonNode last = array.get(array.size() - 1);
        array.removeAll();
        array.addAll(kept);
        if (kept.isEmpty() && demanded) {
            array.add(masked(last, definition));
        } else if (kept.isEmpty()) {
            owner.remove(name);
        }
    }

    private JsonNode masked(JsonNode element, @Nullable BaseRuntimeElementDefinition<?> definition) {
        if (element instanceof ObjectNode reference && pointsToHidden(reference)) {
            mask(reference);
        } else if (element instanceof ObjectNode object) {
            object(object, definition);
        }
        return element;
    }

    /** Masks inside an element that stays; true when it is a section of which nothing is left. */
    private boolean emptied(String name, JsonNode element, @Nullable BaseRuntimeElementDefinition<?> definition) {
        if (!(element instanceof ObjectNode object)) {
            return false;
        }
        boolean before = changed;
        changed = false;
        object(object, name.equals("contained") ? resource(object) : definition);
        boolean inside = changed;
        changed = before || inside;
        if (inside) {
            object.remove("text");
        }
        return inside && name.equals("section") && !object.has("entry") && !object.has("section");
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

    private static void mask(ObjectNode reference) {
        reference.remove(List.of("reference", "identifier", "display", "type"));
        reference.withArray("extension").addObject().put("url", ABSENT_REASON).put("valueCode", "masked");
    }
}
