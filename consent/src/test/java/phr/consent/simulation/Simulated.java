package phr.consent.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Bodies for the stateless decision, and their answers. */
final class Simulated {

    static final ObjectMapper MAPPER = new ObjectMapper();

    private Simulated() {}

    /** JSON with single quotes. */
    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode file(String name) {
        try (InputStream in = Objects.requireNonNull(Simulated.class.getResourceAsStream(name), name)) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode answer(JsonNode body) {
        return answer(body.toString());
    }

    static JsonNode answer(String body) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SimulationBody.parse(body.getBytes(StandardCharsets.UTF_8))
                    .stateless()
                    .write(out);
            return MAPPER.readTree(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ids of the resources that are permitted, in order. */
    static String released(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        for (JsonNode decision : answer.get("decisions")) {
            if (decision.get("outcome").textValue().equals("PERMIT")) {
                ids.add(decision.get("resource").textValue().replaceAll(".*/", ""));
            }
        }
        return String.join(" ", ids);
    }

    /** {@code OUTCOME REASON} of one decision. */
    static String decision(JsonNode answer, int index) {
        JsonNode decision = answer.get("decisions").get(index);
        return decision.get("outcome").textValue() + " "
                + decision.get("reason").textValue();
    }

    /** {@code id level effect expression} of every finding. */
    static List<String> lint(JsonNode answer) {
        List<String> findings = new ArrayList<>();
        answer.get("lint")
                .forEach(finding -> findings.add(String.join(
                        " ",
                        finding.get("id").textValue(),
                        finding.get("level").textValue(),
                        finding.get("effect").textValue(),
                        finding.get("expression").textValue())));
        return findings;
    }

    /** The result that the directive had for the resource, and the element that failed. */
    static String result(JsonNode answer, int index, String directive) {
        for (JsonNode step : answer.get("decisions").get(index).get("trace")) {
            if (step.get("directive").textValue().equals(directive)) {
                return step.get("result").textValue()
                        + (step.has("failed") ? " " + step.get("failed").textValue() : "");
            }
        }
        return "none";
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array(JsonNode... elements) {
        return JsonNodeFactory.instance.arrayNode().addAll(List.of(elements));
    }
}
