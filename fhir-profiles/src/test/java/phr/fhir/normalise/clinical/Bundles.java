package phr.fhir.normalise.clinical;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Invented Bundles of 山田 花子, whose account {@code Batches} has. */
final class Bundles {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final String PATIENT = """
            {"resourceType":"Patient","id":"p","name":[
             {"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":"IDE"}],"text":"山田 花子"},
             {"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":"SYL"}],"text":"ヤマダ ハナコ"}],
             "gender":"female","birthDate":"1980-04-01"}""";

    private static final String COMPOSITION = """
            {"resourceType":"Composition","status":"final","title":"健診","date":"2025-06-20",
             "type":{"coding":[{"system":"http://jpfhir.jp/fhir/Common/CodeSystem/doc-typecodes","code":"53576-5"}]},
             "category":[{"coding":[{"system":"urn:oid:2.16.840.1.113883.2.2.1.6.1001","code":"10"}]}],
             "author":[{"display":"見本健診センター"}]}""";

    private static final List<String> TEMPLATES = List.of("""
            {"resourceType":"Condition","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"I10"}]},
             "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]}}""", """
            {"resourceType":"Immunization","status":"completed","occurrenceDateTime":"2024-11-20","vaccineCode":{"text":"見本"}}""", """
            {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"2823-3"}]},
             "effectiveDateTime":"2025-01-02","valueQuantity":{"value":4.10,"unit":"mmol/L"}}""", """
            {"resourceType":"MedicationRequest","status":"active","intent":"order","authoredOn":"2025-01-02",
             "medicationCodeableConcept":{"coding":[{"system":"urn:oid:1.2.392.100495.20.2.73","code":"2171022F1010"}]}}""", """
            {"resourceType":"Procedure","status":"completed","performedDateTime":"2025-01-02","code":{"text":"見本"}}""");

    private Bundles() {}

    static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static ObjectNode patient() {
        return object(PATIENT);
    }

    /** A Bundle with an identifier; its entries have addresses that nobody has used before. */
    static byte[] of(String type, String number, List<? extends JsonNode> resources, Random random) {
        ObjectNode bundle =
                JSON.createObjectNode().put("resourceType", "Bundle").put("type", type);
        bundle.putObject("identifier")
                .put("system", "https://clinic.example/bundles")
                .put("value", number);
        ArrayNode entries = bundle.putArray("entry");
        String person = urn(random);
        entry(entries, person, patient());
        for (JsonNode resource : resources) {
            ObjectNode copy = resource.deepCopy();
            String owner = resource.path("resourceType").asText().equals("Immunization") ? "patient" : "subject";
            copy.putObject(owner).put("reference", person);
            entry(entries, urn(random), copy);
        }
        return bytes(bundle);
    }

    /** A checkup document whose results are these; references among them by {@code urn:uuid} of their ids. */
    static byte[] checkup(List<? extends JsonNode> results) {
        ObjectNode bundle =
                JSON.createObjectNode().put("resourceType", "Bundle").put("type", "document");
        ArrayNode entries = bundle.putArray("entry");
        entry(entries, "urn:uuid:00000000-0000-4000-8000-000000000001", object(COMPOSITION));
        entry(entries, "urn:uuid:00000000-0000-4000-8000-000000000002", patient());
        for (JsonNode result : results) {
            entry(entries, "urn:uuid:" + result.path("id").asText(), result.deepCopy());
        }
        return bytes(bundle);
    }

    static void entry(ArrayNode entries, String fullUrl, ObjectNode resource) {
        entries.addObject().put("fullUrl", fullUrl).set("resource", resource);
    }

    static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Resources of several types, each with an id and some with a business identifier of their own. */
    static List<ObjectNode> resources(Random random, int count) {
        List<ObjectNode> resources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ObjectNode resource =
                    object(TEMPLATES.get(random.nextInt(TEMPLATES.size()))).put("id", "r-" + i);
            if (random.nextBoolean()) {
                resource.putArray("identifier")
                        .addObject()
                        .put("system", "https://clinic.example/numbers")
                        .put("value", "n-" + i);
            }
            resources.add(resource);
        }
        Collections.shuffle(resources, random);
        return resources;
    }

    private static String urn(Random random) {
        return "urn:uuid:" + new UUID(random.nextLong(), random.nextLong());
    }
}
