package phr.consent.directive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;

/** One JSON object read strictly: every problem becomes an issue at its JSON pointer (RFC 6901), and reading goes on. */
public final class Fields {

    private static final int LONGEST_TEXT = 512;
    private static final int LONGEST_LIST = 1000;

    private final JsonNode node;
    private final String pointer;
    private final List<Issue> problems;

    private Fields(JsonNode node, String pointer, List<Issue> problems) {
        this.node = node;
        this.pointer = pointer;
        this.problems = problems;
    }

    public static Fields of(JsonNode node, String pointer, Set<String> allowed, List<Issue> problems) {
        if (!node.isObject()) {
            problems.add(structure("must be an object", pointer));
            return new Fields(JsonNodeFactory.instance.objectNode(), pointer, problems);
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!allowed.contains(name)) {
                problems.add(structure("unknown field", pointer + "/" + segment(name)));
            }
        });
        return new Fields(node, pointer, problems);
    }

    public String pointer(String name) {
        return pointer + "/" + name;
    }

    public boolean has(String name) {
        return node.has(name);
    }

    /** The field as object with these fields; null when absent. */
    public @Nullable Fields object(String name, Set<String> allowed) {
        JsonNode value = node.get(name);
        return value == null ? null : of(value, pointer(name), allowed, problems);
    }

    public @Nullable String text(String name) {
        JsonNode value = node.get(name);
        return value == null ? null : text(value, pointer(name));
    }

    public String requiredText(String name) {
        if (!has(name)) {
            problem("is required", name);
        }
        String value = text(name);
        return value == null ? "" : value;
    }

    public boolean is(String name, String literal) {
        JsonNode value = node.get(name);
        return value != null && value.isTextual() && value.textValue().equals(literal);
    }

    public boolean flag(String name) {
        JsonNode value = node.get(name);
        if (value != null && !value.isBoolean()) {
            problem("must be true or false", name);
        }
        return value != null && value.booleanValue();
    }

    /** A text, or a truth value as text. */
    String word(String name) {
        JsonNode value = node.get(name);
        return value != null && value.isBoolean() ? value.asText() : requiredText(name);
    }

    @Nullable
    Integer positive(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isInt() || value.intValue() < 1) {
            problem("must be a whole number from 1", name);
            return 1;
        }
        return value.intValue();
    }

    public <E extends Enum<E>> @Nullable E choice(String name, E[] values, Function<E, String> code) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        for (E value : values) {
            if (code.apply(value).equals(text)) {
                return value;
            }
        }
        problem("is none of the allowed values", name);
        return null;
    }

    public @Nullable Instant time(String name, Function<String, Instant> reading) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return reading.apply(text);
        } catch (DateTimeException e) {
            problem("must be a date, or a dateTime with offset", name);
            return null;
        }
    }

    /** The texts of a list, which must not be empty; null when absent. */
    @Nullable
    Set<String> texts(String name, Predicate<String> allowed) {
        return texts(name, allowed, false);
    }

    public @Nullable Set<String> texts(String name, Predicate<String> allowed, boolean mayBeEmpty) {
        if (!has(name)) {
            return null;
        }
        Set<String> texts = new LinkedHashSet<>();
        int index = 0;
        for (JsonNode element : list(name, mayBeEmpty)) {
            String at = pointer(name) + "/" + index++;
            String text = text(element, at);
            if (text != null && !allowed.test(text)) {
                problems.add(structure("is none of the allowed values", at));
            } else if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The objects of a list that must not be empty, each with these fields; empty when absent. */
    List<Fields> objects(String name, Set<String> allowed) {
        return objects(name, allowed, false);
    }

    /** The objects of a list, each with these fields; empty when absent. */
    public List<Fields> objects(String name, Set<String> allowed, boolean mayBeEmpty) {
        List<Fields> objects = new ArrayList<>();
        if (has(name)) {
            list(name, mayBeEmpty)
                    .forEach(element ->
                            objects.add(of(element, pointer(name) + "/" + objects.size(), allowed, problems)));
        }
        return objects;
    }

    public void problem(String text, String name) {
        problems.add(structure(text, pointer(name)));
    }

    private JsonNode list(String name, boolean mayBeEmpty) {
        JsonNode value = node.get(name);
        if (!value.isArray()) {
            problem("must be a list", name);
            return JsonNodeFactory.instance.arrayNode();
        }
        if (value.isEmpty() && !mayBeEmpty) {
            problem("must not be empty", name);
        }
        if (value.size() > LONGEST_LIST) {
            problem("has too many elements", name);
            return JsonNodeFactory.instance.arrayNode();
        }
        return value;
    }

    private @Nullable String text(JsonNode value, String at) {
        if (!value.isTextual()) {
            problems.add(structure("must be a text", at));
            return null;
        }
        String text = value.textValue();
        if (text.isBlank() || text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            problems.add(structure("must be a text of 1 to " + LONGEST_TEXT + " characters on one line", at));
            return null;
        }
        return text;
    }

    static Issue structure(String text, String pointer) {
        return Issue.error("structure", "DIRECTIVE", text, pointer.isEmpty() ? "/" : pointer);
    }

    private static String segment(String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        return escaped.length() > 64 ? escaped.substring(0, 64) : escaped;
    }
}
