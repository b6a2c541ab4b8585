package phr.consent.simulation;

import com.fasterxml.jackson.databind.JsonNode;

/** The body of a simulation before its form is known. */
public final class SimulationBody {

    /** Bytes that a body may have. */
    public static final int LARGEST = Body.LARGEST;

    private final JsonNode body;

    private SimulationBody(JsonNode body) {
        this.body = body;
    }

    /**
     * @throws phr.fhir.failure.FailureException MALFORMED when it is no JSON object; INVALID {@code limit-exceeded}
     */
    public static SimulationBody parse(byte[] json) {
        return new SimulationBody(Body.parse(json));
    }

    /** It asks about a registered person. */
    public boolean aboutPerson() {
        return body.has("person");
    }

    /**
     * @throws phr.fhir.failure.FailureException MALFORMED, INVALID
     */
    public StatelessSimulation stateless() {
        return StatelessSimulation.read(body);
    }

    /**
     * @throws phr.fhir.failure.FailureException MALFORMED, INVALID
     */
    public PersonSimulation ofPerson() {
        return PersonReader.read(body);
    }
}
