package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupSystem;

/**
 * Which texts become components (checkup-fhir.md §6.2): a text that depends on a coded item stands in that item's result, when neither
 * is in a group, each is there once, and nothing of the text would be lost. Every other text stays a result of its own.
 */
final class Texts {

    /** What a component can say, and what it has in common with its result. */
    private static final Set<String> SAYABLE = Set.of(
            "resourceType",
            "id",
            "meta",
            "status",
            "category",
            "code",
            "subject",
            "encounter",
            "effectiveDateTime",
            "performer",
            "valueString");

    private static final String FINAL = "final";

    private final Map<String, ObjectNode> parents = new LinkedHashMap<>();
    private final Map<String, ObjectNode> texts = new HashMap<>();

    /** @param grouped names of the results that are members of a group of the document */
    Texts(List<ObjectNode> results, Set<String> grouped) {
        Map<String, ObjectNode> once = new LinkedHashMap<>();
        Set<String> twice = new HashSet<>();
        for (ObjectNode result : results) {
            item(result).ifPresent(item -> {
                if (once.put(item.code(), result) != null) {
                    twice.add(item.code());
                }
            });
        }
        once.keySet().removeAll(twice);
        once.forEach((code, text) -> {
            String dependsOn =
                    CheckupItems.find(code).map(CheckupItem::dependsOn).orElse(null);
            ObjectNode parent = dependsOn == null ? null : once.get(dependsOn);
            if (parent != null
                    && !grouped.contains(Tree.name(text))
                    && !grouped.contains(Tree.name(parent))
                    && fits(text, parent)) {
                parents.put(Tree.name(text), parent);
            }
        });
        // a text in a text would be lost
        parents.values().removeIf(parent -> parents.containsKey(Tree.name(parent)));
        results.forEach(result -> texts.put(Tree.name(result), result));
    }

    private static Optional<CheckupItem> item(JsonNode result) {
        return Tree.coding(result.path("code"), CheckupSystem.ITEM.url())
                .flatMap(coding -> CheckupItems.find(Tree.text(coding, "code")));
    }

    private static boolean fits(ObjectNode text, ObjectNode parent) {
        Set<String> fields = new HashSet<>();
        text.fieldNames().forEachRemaining(fields::add);
        return SAYABLE.containsAll(fields)
                && text.has("valueString")
                && text.path("performer").size() < 2
                && parent.has("valueCodeableConcept")
                && Tree.text(text, "status").equals(FINAL)
                && Tree.text(parent, "status").equals(FINAL)
                && text.path("effectiveDateTime").equals(parent.path("effectiveDateTime"))
                && security(parent).containsAll(security(text));
    }

    /** A text that is guarded more closely than its result stays by itself. */
    private static Set<String> security(JsonNode result) {
        Set<String> labels = new HashSet<>();
        result.at("/meta/security")
                .forEach(label -> labels.add(Tree.text(label, "system") + "|" + Tree.text(label, "code")));
        return labels;
    }

    boolean isComponent(ObjectNode result) {
        return parents.containsKey(Tree.name(result));
    }

    /** The texts that stand in a result. */
    List<ObjectNode> of(ObjectNode result) {
        return parents.entrySet().stream()
                .filter(entry -> entry.getValue() == result)
                .flatMap(entry -> Stream.ofNullable(texts.get(entry.getKey())))
                .toList();
    }
}
