package phr.consent.simulation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The stateless decision (consent-semantics.md §16.4): a body with Consents or directives, a request and resources in, one
 * decision per resource out.
 */
public final class StatelessSimulation {

    /** A trace has one step per resource, directive and purpose; more than this nobody reads. */
    private static final long MOST_STEPS = 5_000_000;

    private static final JsonFactory JSON = new ObjectMapper().getFactory();

    private final Simulation simulation;
    private final Rules rules;
    private final Simulator simulator;

    private StatelessSimulation(Simulation simulation) {
        this.simulation = simulation;
        Instant now = simulation.at() == null ? Instant.EPOCH : simulation.at();
        this.rules = Rules.of(simulation, now);
        long steps = (long) simulation.resources().size()
                * rules.list().size()
                * Math.max(1, simulation.asked().purposes().size());
        if (steps > MOST_STEPS) {
            throw Body.tooMuch("resources times directives times purposes exceed " + MOST_STEPS, "/resources");
        }
        this.simulator = new Simulator(simulation, rules, now);
    }

    /**
     * @param body parsed by {@link SimulationBody}
     * @throws phr.fhir.failure.FailureException MALFORMED with one issue per problem, each at a JSON pointer; INVALID {@code
     *     limit-exceeded}
     */
    static StatelessSimulation read(JsonNode body) {
        return new StatelessSimulation(SimulationReader.read(body));
    }

    /** Writes the answer as JSON, in UTF-8, and leaves the stream open. */
    public void write(OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            AnswerWriter answer = new AnswerWriter(json, simulation.references());
            json.writeStartObject();
            if (simulation.atWritten() != null) {
                json.writeStringField("at", simulation.atWritten());
            }
            answer.texts("assumptions", assumptions());
            json.writeObjectFieldStart("call");
            json.writeNumberField("status", simulator.status());
            answer.texts("missing", simulator.missingParts());
            json.writeEndObject();
            json.writeArrayFieldStart("decisions");
            for (Given resource : simulation.resources()) {
                answer.decision(simulator.decide(resource));
            }
            json.writeEndArray();
            json.writeArrayFieldStart("directives");
            for (Rule rule : rules.list()) {
                answer.directive(rule);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("lint");
            for (Simulation.Located finding : rules.findings()) {
                answer.finding(finding);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private List<String> assumptions() {
        List<String> assumptions = new ArrayList<>();
        if (simulation.context().life() == null) {
            assumptions.add("LIFE_STAGE_NOT_APPLIED");
        }
        if (simulation.context().importsConfirmed() == null) {
            assumptions.add("IMPORTS_CONFIRMED");
        }
        return assumptions;
    }
}
