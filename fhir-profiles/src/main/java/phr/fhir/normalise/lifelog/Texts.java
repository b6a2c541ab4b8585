package phr.fhir.normalise.lifelog;

import com.fasterxml.jackson.databind.JsonNode;
import phr.fhir.text.MyNumber;

/** Looks at all texts and whole numbers of a JSON value. */
public final class Texts {

    private Texts() {}

    public static boolean myNumberIn(JsonNode node) {
        if (node.isTextual() || node.isIntegralNumber()) {
            return MyNumber.in(node.asText());
        }
        for (JsonNode child : node) {
            if (myNumberIn(child)) {
                return true;
            }
        }
        return false;
    }
}
