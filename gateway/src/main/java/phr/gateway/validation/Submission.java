package phr.gateway.validation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/**
 * What is to be validated (FHIR R4, operation {@code validate}): a resource as it is, or a Parameters with {@code resource},
 * {@code profile} and {@code mode}.
 *
 * @param resource JSON, numbers as written
 * @param profiles canonical addresses, with or without version
 */
record Submission(String resource, Set<String> profiles) {

    private static final String RULE = "validate";
    private static final int DEEPEST = 60;
    private static final int MOST_PROFILES = 8;
    private static final Set<String> MODES = Set.of("create", "update", "profile");

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(64)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /**
     * @param type of the address, null = any
     * @param asked profiles of the query
     * @throws phr.fhir.failure.FailureException MALFORMED, located
     */
    static Submission parse(byte[] body, @Nullable String type, Collection<String> asked) {
        JsonNode root = tree(body);
        Set<String> profiles = new LinkedHashSet<>(asked);
        JsonNode resource = root;
        if (type(root).equals("Parameters") && !"Parameters".equals(type)) {
            resource = null;
            int at = 0;
            for (JsonNode parameter : root.path("parameter")) {
                if (parameter.path("name").asText().equals("resource") && resource == null) {
                    resource = parameter.path("resource");
                } else {
                    plain(parameter, profiles, "Parameters.parameter[" + at + "]");
                }
                at++;
            }
        }
        return of(resource, type, profiles);
    }

    private static Submission of(@Nullable JsonNode resource, @Nullable String type, Set<String> profiles) {
        if (resource == null || !type(resource).matches("[A-Z][A-Za-z]{1,60}")) {
            throw malformed("a FHIR resource is expected", "resourceType");
        }
        if (type != null && !type.equals(type(resource))) {
            throw malformed("the resource is of another type than the address", "resourceType");
        }
        if (profiles.size() > MOST_PROFILES) {
            throw malformed("too many profiles at once", "profile");
        }
        return new Submission(resource.toString(), profiles);
    }

    private static void plain(JsonNode parameter, Set<String> profiles, String place) {
        switch (parameter.path("name").asText()) {
            case "profile" -> profiles.add(value(parameter, place));
            case "mode" -> checkMode(value(parameter, place), place);
            default -> throw malformed("an unknown parameter, or one that stands twice", place);
        }
    }

    /** Nothing depends on it: an operation that would delete is none of this server's. */
    static void checkMode(String mode, String place) {
        if (!MODES.contains(mode)) {
            throw malformed("create, update or profile is expected", place);
        }
    }

    private static String value(JsonNode parameter, String place) {
        for (String name : List.of("valueUri", "valueCanonical", "valueCode", "valueString")) {
            if (parameter.path(name).isTextual()) {
                return parameter.path(name).textValue();
            }
        }
        throw malformed("a value is expected", place);
    }

    private static String type(JsonNode resource) {
        return resource.path("resourceType").asText();
    }

    private static JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            String line = e.getLocation() == null
                    ? "line 1"
                    : "line " + e.getLocation().getLineNr();
            throw malformed("not well-formed JSON, too deep, or a name stands twice", line);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail");
        }
    }

    private static FailureException malformed(String text, String place) {
        return Failure.of(Category.MALFORMED, RULE, text, place).exception();
    }
}
