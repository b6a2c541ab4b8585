package phr.consent.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Condition;
import phr.consent.directive.Duo;
import phr.consent.directive.Times;

/** A condition of a permit as modifier extension: {@code aggregate-only} by its own name, the others by their code. */
final class ConditionExtension {

    private static final Set<String> UNITS = Set.of("DAY", "WEEK", "MONTH");
    private static final Set<String> FUNCTIONS = Set.of("mean", "min", "max", "sum", "count");

    private ConditionExtension() {}

    static void write(ArrayNode extensions, Condition condition) {
        boolean aggregate = condition.code() == Condition.Code.AGGREGATE_ONLY;
        ObjectNode extension =
                extensions.addObject().put("url", aggregate ? Vocabulary.AGGREGATE_ONLY : Vocabulary.CONDITION);
        ArrayNode parts = extension.putArray("extension");
        if (!aggregate) {
            parts.addObject()
                    .put("url", "code")
                    .put("valueCode", condition.code().name());
        }
        if (condition.unit() != null) {
            parts.addObject().put("url", "unit").put("valueCode", condition.unit());
        }
        condition.functions().stream()
                .sorted()
                .forEach(function -> parts.addObject().put("url", "function").put("valueCode", function));
        if (condition.number() != null) {
            parts.addObject().put("url", "number").put("valuePositiveInt", condition.number());
        }
        if (condition.instant() != null) {
            parts.addObject().put("url", "instant").put("valueInstant", Times.written(condition.instant()));
        }
        new TreeMap<>(condition.terms())
                .forEach((term, value) -> parts.addObject().put("url", "term").put("valueString", term + "=" + value));
    }

    /** Empty when it cannot be read. */
    static Optional<Condition> read(JsonNode extension) {
        boolean aggregate = Vocabulary.AGGREGATE_ONLY.equals(Tree.text(extension, "url"));
        Condition.Code code = aggregate ? Condition.Code.AGGREGATE_ONLY : null;
        String unit = null;
        Set<String> functions = new HashSet<>();
        Integer number = null;
        Instant instant = null;
        Map<String, String> terms = new TreeMap<>();
        for (JsonNode part : Tree.list(extension, "extension")) {
            switch (String.valueOf(Tree.text(part, "url"))) {
                case "code" -> code = code(part.path("valueCode").asText());
                case "unit" -> unit = part.path("valueCode").asText();
                case "function" -> functions.add(part.path("valueCode").asText());
                case "number" -> number = part.path("valuePositiveInt").asInt();
                case "term" -> {
                    String[] term = part.path("valueString").asText().split("=", 2);
                    terms.put(term[0], term.length < 2 ? "true" : term[1]);
                }
                case "instant" -> instant = instant(part.path("valueInstant").asText());
                default -> {
                    return Optional.empty();
                }
            }
        }
        if (code == null
                || !complete(code, unit, functions, number, instant)
                || !Duo.CODES.containsAll(terms.keySet())) {
            return Optional.empty();
        }
        return Optional.of(new Condition(code, unit, functions, number, instant, terms));
    }

    private static boolean complete(
            Condition.Code code,
            @Nullable String unit,
            Set<String> functions,
            @Nullable Integer number,
            @Nullable Instant instant) {
        return switch (code) {
            case AGGREGATE_ONLY ->
                unit != null && UNITS.contains(unit) && !functions.isEmpty() && FUNCTIONS.containsAll(functions);
            case MAX_FREQUENCY -> unit != null && UNITS.contains(unit) && number != null && number > 0;
            case ERASE_BY -> instant != null;
            case POPULATION_ONLY -> number == null || number > 0;
            case NO_ONWARD, NO_STORE, RESEARCH -> true;
        };
    }

    private static Condition.@Nullable Code code(String written) {
        return List.of(Condition.Code.values()).stream()
                .filter(code -> code.name().equals(written))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Instant instant(String written) {
        try {
            return Times.start(written);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
