package phr.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every answer of the journey by its key, and what was found out from several of them. */
final class Answers {

    private final Map<String, JsonNode> documents = new LinkedHashMap<>();

    void put(String key, JsonNode document) {
        documents.put(key, document);
    }

    /**
     * A part of an answer.
     *
     * @param address {@code key/field/0/field}; {@code *} stands for every element of a list and makes the result a list
     * @return missing when there is no such answer or part
     */
    JsonNode at(String address) {
        List<String> steps = List.of(address.split("/"));
        JsonNode document = documents.getOrDefault(steps.get(0), MissingNode.getInstance());
        return walk(document, steps.subList(1, steps.size()));
    }

    private static JsonNode walk(JsonNode node, List<String> steps) {
        if (steps.isEmpty()) {
            return node;
        }
        String step = steps.get(0);
        List<String> rest = steps.subList(1, steps.size());
        if (!step.equals("*")) {
            return walk(
                    node.isArray() && step.matches("\\d+") ? node.path(Integer.parseInt(step)) : node.path(step), rest);
        }
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : node) {
            JsonNode part = walk(element, rest);
            if (part.isArray() && rest.contains("*")) {
                found.addAll((ArrayNode) part);
            } else if (!part.isMissingNode()) {
                found.add(part);
            }
        }
        return found;
    }
}
