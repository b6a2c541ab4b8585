package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Addresses inside the document: {@code urn:uuid} of each resource that is in it. */
final class References {

    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Remarks remarks;

    References(Remarks remarks) {
        this.remarks = remarks;
    }

    /** From now on references to the resource lead to it. */
    void add(JsonNode resource) {
        addresses.put(Tree.name(resource), "urn:uuid:" + Tree.text(resource, "id"));
    }

    boolean has(String name) {
        return addresses.containsKey(name);
    }

    /** A reference to a resource of the document. */
    ObjectNode to(String name) {
        return Tree.referring(addresses.getOrDefault(name, ""));
    }

    /** Copies the reference, or list of references, as far as it leads into the document or is no address at all. */
    void copy(ObjectNode from, String field, ObjectNode target) {
        JsonNode value = from.get(field);
        if (value instanceof ObjectNode single) {
            ObjectNode kept = kept(single, from, field);
            if (kept != null) {
                target.set(field, kept);
            }
        } else if (value instanceof ArrayNode list) {
            for (JsonNode element : list) {
                ObjectNode kept = element instanceof ObjectNode each ? kept(each, from, field) : null;
                if (kept != null) {
                    target.withArray(field).add(kept);
                }
            }
        }
    }

    private @Nullable ObjectNode kept(ObjectNode reference, ObjectNode owner, String field) {
        String name = Tree.text(reference, "reference");
        if (!name.isEmpty() && !has(name)) {
            remarks.left("ECF-5", "leads to what is not in the document", Tree.name(owner) + "." + field);
            return null;
        }
        ObjectNode kept = reference.deepCopy();
        if (!name.isEmpty()) {
            kept.put("reference", addresses.get(name));
        }
        return kept;
    }
}
