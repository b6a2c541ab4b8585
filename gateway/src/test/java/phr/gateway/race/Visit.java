package phr.gateway.race;

import java.util.function.Supplier;

/**
 * What a clinic reads of one patient.
 *
 * @param observation id of one of her observations
 */
record Visit(Supplier<String> token, String patient, String observation) {

    enum Kind {
        READ,
        SEARCH,
        EVERYTHING
    }

    Node.Answer searches(Node node) {
        return asks(node, Kind.SEARCH);
    }

    Node.Answer asks(Node node, Kind kind) {
        String path =
                switch (kind) {
                    case READ -> "/fhir/Observation/" + observation;
                    case SEARCH -> "/fhir/Observation?_count=20&patient=" + patient;
                    case EVERYTHING -> "/fhir/Patient/" + patient + "/$everything?_dense=each";
                };
        return node.get(path, token.get(), "TREAT");
    }
}
