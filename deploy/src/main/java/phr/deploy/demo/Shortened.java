package phr.deploy.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON for reading: the beginning of long lists, long texts and long documents. */
final class Shortened {

    private static final int ITEMS = 2;
    private static final int CHARACTERS = 90;
    private static final int LINES = 45;

    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER = Answer.JSON.writer(
            new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));

    private Shortened() {}

    static String of(JsonNode json) {
        try {
            List<String> lines =
                    WRITER.writeValueAsString(shorten(json)).lines().toList();
            String text = lines.stream().limit(LINES).map(line -> "  " + line).collect(Collectors.joining("\n"));
            return lines.size() > LINES ? text + "\n  … " + (lines.size() - LINES) + " more lines" : text;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    private static JsonNode shorten(JsonNode node) {
        if (node instanceof ArrayNode array) {
            return shorten(array);
        }
        if (node instanceof ObjectNode object) {
            ObjectNode shorter = JsonNodeFactory.instance.objectNode();
            for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                shorter.set(field.getKey(), shorten(field.getValue()));
            }
            return shorter;
        }
        if (node.isTextual() && node.textValue().length() > CHARACTERS) {
            return TextNode.valueOf(node.textValue().substring(0, CHARACTERS) + "…");
        }
        return node;
    }

    private static ArrayNode shorten(ArrayNode array) {
        ArrayNode shorter = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < Math.min(ITEMS, array.size()); i++) {
            shorter.add(shorten(array.get(i)));
        }
        if (array.size() > ITEMS) {
            shorter.add("… " + (array.size() - ITEMS) + " more");
        }
        return shorter;
    }
}
