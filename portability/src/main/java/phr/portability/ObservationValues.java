package phr.portability;

import java.util.Optional;
import phr.portability.json.JsonNumber;
import phr.portability.json.JsonObject;

/** The few places of an Observation that tables and views show, numbers as written. */
final class ObservationValues {

    private static final String LOINC = "http://loinc.org";

    private ObservationValues() {}

    static boolean isCoded(JsonObject coded, String loinc) {
        return coded.object("code").map(code -> code.objects("coding")).stream()
                .flatMap(java.util.Collection::stream)
                .anyMatch(coding -> LOINC.equals(coding.string("system").orElse(""))
                        && loinc.equals(coding.string("code").orElse("")));
    }

    static Optional<JsonNumber> value(JsonObject valued) {
        return valued.object("valueQuantity")
                .flatMap(quantity -> quantity.get("value"))
                .filter(JsonNumber.class::isInstance)
                .map(JsonNumber.class::cast);
    }

    static Optional<JsonNumber> component(JsonObject observation, String loinc) {
        return observation.objects("component").stream()
                .filter(component -> isCoded(component, loinc))
                .findFirst()
                .flatMap(ObservationValues::value);
    }

    /** Start of the effective time when it is a full time stamp. */
    static Optional<String> time(JsonObject observation) {
        return observation
                .string("effectiveDateTime")
                .or(() -> observation.object("effectivePeriod").flatMap(period -> period.string("start")))
                .filter(time -> time.length() > 10);
    }

    /** Text of a CodeableConcept: its text, else the first display, else the first code. */
    static String text(Optional<JsonObject> concept) {
        if (concept.isEmpty()) {
            return "";
        }
        JsonObject first = concept.get().objects("coding").stream().findFirst().orElseGet(JsonObject::new);
        return concept.get()
                .string("text")
                .or(() -> first.string("display"))
                .or(() -> first.string("code"))
                .orElse("");
    }
}
