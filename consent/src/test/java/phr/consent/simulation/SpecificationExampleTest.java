package phr.consent.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** The example body of consent-semantics.md §16.4 and its answer, field for field. */
class SpecificationExampleTest {

    @Test
    void answersAsTheSpecificationSays() {
        ObjectNode answer = (ObjectNode) Simulated.answer(Simulated.file("specification.json"));
        answer.remove("directives");
        for (JsonNode decision : answer.get("decisions")) {
            decision.get("trace").forEach(step -> ((ObjectNode) step).put("because", "…"));
        }
        assertEquals(Simulated.file("specification-answer.json"), answer);
    }

    @Test
    void tellsWhatWasUnderstood() {
        JsonNode directive = Simulated.answer(Simulated.file("specification.json"))
                .get("directives")
                .get(0);
        assertEquals("consents[0]", directive.get("from").textValue());
        assertEquals("c1", directive.get("id").textValue());
        assertEquals("\"ANY\"", directive.get("labels").toString());
        assertEquals(2, directive.get("text").size());
    }
}
