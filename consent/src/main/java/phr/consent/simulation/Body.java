package phr.consent.simulation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/** The bytes of a body as a tree, within limits. */
final class Body {

    static final int LONGEST_LIST = 10_000;
    static final int LARGEST = 32 << 20;

    /** Nobody writes so much JSON by hand, and a tree of more would cost a gigabyte. */
    private static final int MOST_TOKENS = 6_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxNumberLength(100)
                            .maxStringLength(LARGEST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Body() {}

    /**
     * @throws FailureException MALFORMED when it is no JSON object; INVALID {@code limit-exceeded}
     */
    static JsonNode parse(byte[] json) {
        if (json.length > LARGEST) {
            throw tooMuch("the body is larger than 32 MiB", "/");
        }
        try {
            measure(json);
            JsonNode body = MAPPER.readTree(json);
            if (body == null || !body.isObject()) {
                throw malformed("must be a JSON object", "/");
            }
            return body;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw malformed("is no well-formed JSON, is nested too deeply, or names a field twice", "line " + line);
        } catch (NumberFormatException e) {
            throw malformed("holds a number that no computer reads", "/");
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory are read", e);
        }
    }

    private static void measure(byte[] json) throws IOException {
        try (JsonParser parser = MAPPER.getFactory().createParser(json)) {
            int tokens = 0;
            while (parser.nextToken() != null) {
                if (++tokens > MOST_TOKENS) {
                    throw tooMuch("the body has too many elements", "/");
                }
            }
        }
    }

    /** The elements of a list at the top; empty when absent. */
    static List<JsonNode> list(JsonNode body, String name, List<Issue> problems) {
        List<JsonNode> elements = new ArrayList<>();
        JsonNode list = body.path(name);
        if (list.isMissingNode()) {
            return elements;
        }
        if (!list.isArray()) {
            problems.add(problem("must be a list", "/" + name));
        } else if (list.size() > LONGEST_LIST) {
            throw tooMuch("more than " + LONGEST_LIST + " elements", "/" + name);
        } else {
            list.forEach(elements::add);
        }
        return elements;
    }

    static FailureException tooMuch(String text, String pointer) {
        return Failure.of(Category.INVALID, "limit-exceeded", text, pointer).exception();
    }

    static FailureException malformed(String text, String pointer) {
        return new Failure(Category.MALFORMED, List.of(problem(text, pointer))).exception();
    }

    static Issue problem(String text, String pointer) {
        return Issue.error("structure", "json", text, pointer);
    }

    static void require(List<Issue> problems) {
        if (!problems.isEmpty()) {
            List<Issue> shown = problems.stream()
                    .limit(100)
                    .map(issue -> Issue.error(
                            "structure",
                            "json",
                            issue.text(),
                            issue.expressions().toArray(new String[0])))
                    .toList();
            throw new Failure(Category.MALFORMED, shown).exception();
        }
    }
}
