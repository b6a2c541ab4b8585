package phr.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The expectations of the journey, step by step, from {@code expectations.json}. */
final class Expectations {

    private static final String RESOURCE = "expectations.json";

    private final JsonNode steps;

    private Expectations(JsonNode steps) {
        this.steps = steps;
    }

    static Expectations load() {
        try (InputStream content = Objects.requireNonNull(
                Expectations.class.getResourceAsStream(RESOURCE), "expectations are packed with the demo")) {
            return of(Answer.JSON.readTree(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Expectations of(JsonNode steps) {
        return new Expectations(steps);
    }

    /** Those of one step, in order; a step without any is a mistake. */
    List<Expectation> of(String step) {
        JsonNode lines = steps.path(step);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("no expectations for step " + step);
        }
        List<Expectation> expectations = new ArrayList<>();
        lines.forEach(line -> expectations.add(expectation(line)));
        return expectations;
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        steps.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** {@code {"name": …, "at": …, <rule>: <value>}} with exactly one rule. */
    private static Expectation expectation(JsonNode line) {
        Expectation found = null;
        for (Iterator<Map.Entry<String, JsonNode>> fields = line.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (field.getKey().equals("name") || field.getKey().equals("at")) {
                continue;
            }
            if (found != null) {
                throw new IllegalArgumentException("two rules: " + line);
            }
            found = new Expectation(
                    line.path("name").asText(), line.path("at").asText(), field.getKey(), field.getValue());
        }
        if (found == null || found.name().isEmpty() || found.at().isEmpty()) {
            throw new IllegalArgumentException("name, at and one rule are needed: " + line);
        }
        return found;
    }
}
