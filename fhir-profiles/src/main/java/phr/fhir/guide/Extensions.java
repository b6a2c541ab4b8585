package phr.fhir.guide;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import phr.fhir.text.TsvTable;

/**
 * Extensions, {@code extensions.tsv}. The column {@code value} names the type of the value, or the parts of a complex extension as
 * {@code url:type}.
 */
final class Extensions {

    private Extensions() {}

    static List<ObjectNode> all() {
        return TsvTable.load(Extensions.class, "extensions.tsv").named().stream()
                .map(Extensions::extension)
                .toList();
    }

    private static ObjectNode extension(Map<String, String> row) {
        String description = cell(row, "description");
        ObjectNode extension = Head.own("StructureDefinition", cell(row, "name"), cell(row, "title"), description);
        ArrayNode elements = Profiles.constraint(extension, "complex-type", "Extension");
        ArrayNode contexts = extension.putArray("context");
        for (String context : cell(row, "context").split(" ")) {
            contexts.addObject().put("type", "element").put("expression", context);
        }
        ObjectNode root = elements.addObject()
                .put("id", "Extension")
                .put("path", "Extension")
                .put("short", cell(row, "title"))
                .put("definition", description);
        if (!cell(row, "modifier").isEmpty()) {
            root.put("isModifier", true).put("isModifierReason", "Whoever does not know it would misread the rule.");
        }
        String value = cell(row, "value");
        if (value.contains(":")) {
            complex(elements, value.split(" ", -1), extension.path("url").asText());
        } else {
            simple(elements, value, extension.path("url").asText());
        }
        return extension;
    }

    private static void simple(ArrayNode elements, String type, String url) {
        element(elements, "Extension.extension").put("max", "0");
        element(elements, "Extension.url").put("fixedUri", url);
        value(element(elements, "Extension.value[x]"), type);
    }

    private static void complex(ArrayNode elements, String[] parts, String url) {
        for (String part : parts) {
            String name = part.substring(0, part.indexOf(':'));
            String id = "Extension.extension:" + name;
            element(elements, id).put("sliceName", name).put("min", 0).put("max", "*");
            element(elements, id + ".extension").put("max", "0");
            element(elements, id + ".url").put("fixedUri", name);
            value(element(elements, id + ".value[x]"), part.substring(part.indexOf(':') + 1));
        }
        element(elements, "Extension.url").put("fixedUri", url);
        element(elements, "Extension.value[x]").put("max", "0");
    }

    private static ObjectNode element(ArrayNode elements, String id) {
        return elements.addObject().put("id", id).put("path", id.replaceAll(":[^.]+", ""));
    }

    private static void value(ObjectNode element, String type) {
        element.put("min", 1).putArray("type").addObject().put("code", type);
    }

    private static String cell(Map<String, String> row, String name) {
        return row.getOrDefault(name, "");
    }
}
