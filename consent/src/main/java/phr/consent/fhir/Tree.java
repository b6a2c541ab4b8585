package phr.consent.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at parsed FHIR JSON whose shape has been checked. */
final class Tree {

    private Tree() {}

    static @Nullable String text(JsonNode node, String... path) {
        JsonNode at = node;
        for (String name : path) {
            at = at.path(name);
        }
        return at.isTextual() && !at.textValue().isBlank() ? at.textValue() : null;
    }

    static List<JsonNode> list(JsonNode node, String name) {
        List<JsonNode> elements = new ArrayList<>();
        node.path(name).forEach(elements::add);
        return elements;
    }

    /** {@code system|code} of a Coding, the system empty when missing; null without a code. */
    static @Nullable String token(JsonNode coding) {
        String code = text(coding, "code");
        if (code == null) {
            return null;
        }
        String system = text(coding, "system");
        return (system == null ? "" : system) + "|" + code;
    }

    /** Reference as written, or {@code system|value} of its identifier; null when it names nothing. */
    static @Nullable String reference(JsonNode reference) {
        String written = text(reference, "reference");
        return written != null ? written : identifier(reference.path("identifier"));
    }

    static @Nullable String identifier(JsonNode identifier) {
        String value = text(identifier, "value");
        if (value == null) {
            return null;
        }
        String system = text(identifier, "system");
        return (system == null ? "" : system) + "|" + value;
    }

    /** Extensions of a list {@code modifierExtension} or {@code extension} with this URL. */
    static List<JsonNode> extensions(JsonNode owner, String list, String url) {
        return list(owner, list).stream()
                .filter(extension -> url.equals(text(extension, "url")))
                .toList();
    }
}
