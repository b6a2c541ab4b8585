package phr.fhir.guide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Profiles from their compact form: an element is an R4 ElementDefinition whose path and slice name follow from its id. Each
 * derives from the R4 base by canonical address and states the differential only.
 */
final class Profiles {

    static final String R4 = "http://hl7.org/fhir/StructureDefinition/";
    static final String FHIR_VERSION = "4.0.1";

    private static final List<String> FAMILIES = List.of("checkup", "lifelog", "record", "clinical");

    private Profiles() {}

    static List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>();
        for (String family : FAMILIES) {
            Compact.json("profiles-" + family + ".json").forEach(compact -> all.add(profile(compact)));
        }
        return all;
    }

    private static ObjectNode profile(JsonNode compact) {
        String type = compact.path("type").asText();
        ObjectNode profile = Head.own(
                "StructureDefinition",
                compact.path("id").asText(),
                compact.path("title").asText(),
                compact.path("description").asText());
        ArrayNode elements = constraint(profile, "resource", type);
        elements.addObject().put("id", type).put("path", type);
        compact.path("element").forEach(element -> elements.add(element((ObjectNode) element)));
        return profile;
    }

    /** The elements of the differential, empty yet. */
    static ArrayNode constraint(ObjectNode profile, String kind, String type) {
        profile.put("fhirVersion", FHIR_VERSION)
                .put("kind", kind)
                .put("abstract", false)
                .put("type", type)
                .put("baseDefinition", R4 + type)
                .put("derivation", "constraint");
        return profile.putObject("differential").putArray("element");
    }

    private static ObjectNode element(ObjectNode compact) {
        String id = compact.path("id").asText();
        String last = id.substring(id.lastIndexOf('.') + 1);
        ObjectNode element = compact.objectNode().put("id", id).put("path", id.replaceAll(":[^.]+", ""));
        if (last.contains(":")) {
            element.put("sliceName", last.substring(last.indexOf(':') + 1));
        }
        return element.setAll((ObjectNode) compact.deepCopy().without("id"));
    }
}
