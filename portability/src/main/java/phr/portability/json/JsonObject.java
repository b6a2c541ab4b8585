package phr.portability.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object in the order of its source. Values are {@link JsonObject}, {@link List}, {@link String}, {@link JsonNumber},
 * {@link Boolean} or {@link Json#NULL}.
 */
public final class JsonObject {

    private final Map<String, Object> members = new LinkedHashMap<>();

    public Map<String, Object> members() {
        return members;
    }

    public Optional<Object> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** Adds or replaces; the answer is this object. */
    public JsonObject put(String name, Object value) {
        members.put(name, value);
        return this;
    }

    public JsonObject put(String name, long value) {
        return put(name, JsonNumber.of(value));
    }

    public void remove(String name) {
        members.remove(name);
    }

    /** The member when it is a string. */
    public Optional<String> string(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The member when it is an object. */
    public Optional<JsonObject> object(String name) {
        return members.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    /** The member when it is a whole number. */
    public Optional<Long> number(String name) {
        try {
            return members.get(name) instanceof JsonNumber number ? Optional.of(number.longValue()) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The objects of the member when it is an array; a lone object counts as an array of one. */
    public List<JsonObject> objects(String name) {
        Object value = members.get(name);
        if (value instanceof JsonObject one) {
            return List.of(one);
        }
        List<JsonObject> found = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.stream().filter(JsonObject.class::isInstance).forEach(item -> found.add((JsonObject) item));
        }
        return found;
    }

    /** The strings of the member when it is an array. */
    public List<String> strings(String name) {
        List<String> found = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            list.stream().filter(String.class::isInstance).forEach(item -> found.add((String) item));
        }
        return found;
    }
}
