package phr.deploy.bench.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A document that our gateway made FHIR of, as a transaction for a server that cannot do that itself: the same resources, to be
 * created, linked among each other.
 */
public final class Transactions {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** What stands for the patient until {@link #forPatient}. */
    private static final String PATIENT = "Patient/{patient}";
    /** The person's account and the bytes of the file are not what is compared. */
    private static final Set<String> LEFT_OUT = Set.of("Patient", "Binary");

    private Transactions() {}

    /**
     * @param searchset answer to {@code $everything} of a record that holds one document
     * @param patient id in it
     */
    public static String of(byte[] searchset, String patient) throws IOException {
        ObjectNode bundle =
                JSON.createObjectNode().put("resourceType", "Bundle").put("type", "transaction");
        List<String> references = new ArrayList<>();
        for (JsonNode entry : JSON.readTree(searchset).path("entry")) {
            ObjectNode resource = (ObjectNode) entry.path("resource");
            String type = resource.path("resourceType").asText();
            if (!LEFT_OUT.contains(type)) {
                String id = resource.remove("id").asText();
                resource.remove("meta");
                references.add(type + "/" + id);
                ObjectNode added = bundle.withArray("entry").addObject();
                added.put("fullUrl", "urn:uuid:" + id).set("resource", resource);
                added.putObject("request").put("method", "POST").put("url", type);
            }
        }
        String text = JSON.writeValueAsString(bundle).replace("\"Patient/" + patient + "\"", "\"" + PATIENT + "\"");
        for (String reference : references) {
            text = text.replace(
                    "\"" + reference + "\"", "\"urn:uuid:" + reference.substring(reference.indexOf('/') + 1) + "\"");
        }
        return text;
    }

    /** How many resources it creates. */
    public static int size(String transaction) throws IOException {
        return JSON.readTree(transaction).path("entry").size();
    }

    public static byte[] forPatient(String transaction, String id) {
        return transaction.replace(PATIENT, "Patient/" + id).getBytes(StandardCharsets.UTF_8);
    }
}
