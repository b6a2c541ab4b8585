package phr.consent.authority;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.lifecourse.Authority;

/** The stored form of a scope; a member that is missing means everything. */
final class ScopeJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private ScopeJson() {}

    static ObjectNode write(Authority.Scope scope) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "categories", scope.categories());
        put(json, "purposes", scope.purposes());
        Set<Action> actions = scope.actions();
        put(
                json,
                "actions",
                actions == null ? null : actions.stream().map(Action::code).toList());
        return json.put("mayGrant", scope.mayGrant());
    }

    /** What cannot be read allows nothing. */
    static Authority.Scope read(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            Set<String> actions = texts(json.get("actions"));
            return new Authority.Scope(
                    texts(json.get("categories")),
                    texts(json.get("purposes")),
                    actions == null
                            ? null
                            : actions.stream().map(ScopeJson::action).collect(Collectors.toSet()),
                    json.path("mayGrant").asBoolean(false));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return new Authority.Scope(Set.of(), Set.of(), Set.of(), false);
        }
    }

    private static Action action(String code) {
        return Arrays.stream(Action.values())
                .filter(action -> action.code().equals(code))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static void put(ObjectNode json, String name, @Nullable Collection<String> values) {
        if (values != null) {
            values.stream().sorted().forEach(json.putArray(name)::add);
        }
    }

    private static @Nullable Set<String> texts(@Nullable JsonNode array) {
        if (array == null) {
            return null;
        }
        Set<String> texts = new HashSet<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
