package phr.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * What an answer must be.
 *
 * @param name said to the reader
 * @param at address of the part, see {@link Answers#at}
 * @param rule how it is compared: {@code is}, {@code atLeast}, {@code matches}, {@code size}, {@code includes},
 *     {@code excludes}, {@code within}, {@code missing}, {@code sameAs}
 * @param value compared with; for {@code sameAs} the address of another part
 */
record Expectation(String name, String at, String rule, JsonNode value) {

    private static final Map<String, BiPredicate<JsonNode, JsonNode>> RULES = Map.of(
            "is", (found, wanted) -> found.equals(wanted),
            "atLeast", (found, wanted) -> found.isNumber() && found.asDouble() >= wanted.asDouble(),
            "matches", (found, wanted) -> found.isTextual() && Pattern.matches(wanted.asText(), found.asText()),
            "size", (found, wanted) -> found.isContainerNode() && found.size() == wanted.asInt(),
            "includes", (found, wanted) -> found.isArray() && all(wanted, found),
            "excludes", (found, wanted) -> found.isArray() && none(wanted, found),
            "within", (found, wanted) -> found.isArray() && !found.isEmpty() && all(found, wanted),
            "missing", (found, wanted) -> found.isMissingNode() == wanted.asBoolean());

    Expectation {
        if (!rule.equals("sameAs") && !RULES.containsKey(rule)) {
            throw new IllegalArgumentException("no such rule: " + rule);
        }
    }

    boolean holds(Answers answers) {
        JsonNode found = answers.at(at);
        if (rule.equals("sameAs")) {
            return !found.isMissingNode() && found.equals(answers.at(value.asText()));
        }
        BiPredicate<JsonNode, JsonNode> compare = RULES.get(rule);
        return compare != null && compare.test(found, value);
    }

    /** For the reader when it does not hold. The demo knows invented people only, so the values may be shown. */
    String difference(Answers answers) {
        JsonNode found = answers.at(at);
        return at + " must " + rule + " " + value + " but is " + (found.isMissingNode() ? "missing" : cut(found));
    }

    private static String cut(JsonNode found) {
        String text = found.toString();
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }

    private static boolean all(JsonNode elements, JsonNode in) {
        for (JsonNode element : elements) {
            if (!contains(in, element)) {
                return false;
            }
        }
        return true;
    }

    private static boolean none(JsonNode elements, JsonNode in) {
        for (JsonNode element : elements) {
            if (contains(in, element)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(JsonNode list, JsonNode wanted) {
        for (JsonNode element : list) {
            if (element.equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
