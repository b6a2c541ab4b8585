package phr.portability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import phr.fhir.Ids;
import phr.fhir.Sha256;
import phr.portability.json.Json;
import phr.portability.json.MalformedJsonException;

class ContentHashTest {

    private static final String OBSERVATION = """
            {"resourceType":"Observation","id":"a","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p"},\
            "hasMember":[{"reference":"Observation/b"}],"valueQuantity":{"value":5.0}}""";

    @Test
    void numbersKeepTheirWrittenForm() throws MalformedJsonException {
        assertNotEquals(hash(OBSERVATION), hash(OBSERVATION.replace("5.0", "5.00")));
        assertNotEquals(hash(OBSERVATION), hash(OBSERVATION.replace("5.0", "5")));
        byte[] canonical =
                Json.canonical(Json.parse("{\"b\":100000000000000000000.10,\"\\r\":\"\\u000F\\n\\u20ac\",\"a\":1e2}"
                        .getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "{\"\\r\":\"\\u000f\\n\u20ac\",\"a\":1e2,\"b\":100000000000000000000.10}",
                new String(canonical, StandardCharsets.UTF_8));
    }

    @Test
    void orderOfMembersIdMetaAndNarrativeDoNotCount() throws MalformedJsonException {
        String other = """
                {"code":{"text":"x"},"meta":{"versionId":"9"},"text":{"status":"generated","div":"<div/>"},"id":"zzz","status":"final",\
                "subject":{"reference":"Patient/p"},"hasMember":[{"reference":"Observation/b/_history/4"}],"valueQuantity":{"value":5.0},"resourceType":"Observation"}""";
        assertEquals(hash(OBSERVATION), hash(other));
    }

    @Test
    void keptIdentifiersDoNotCountAndOrdinaryOnesDo() throws MalformedJsonException {
        String kept = "\"identifier\":[{\"system\":\"https://earlier.example/fhir\",\"value\":\"1\"}],\"status\"";
        String ordinary = "\"identifier\":[{\"system\":\"urn:other\",\"value\":\"1\"}],\"status\"";
        assertEquals(hash(OBSERVATION), hash(OBSERVATION.replace("\"status\"", kept)));
        assertNotEquals(hash(OBSERVATION), hash(OBSERVATION.replace("\"status\"", ordinary)));
    }

    @Test
    void referencesAreThoseOfTheFirstProvider() throws MalformedJsonException {
        assertEquals(hash(OBSERVATION), hash(OBSERVATION.replace("Observation/b", "Observation/local-b")));
        assertEquals(
                hash(OBSERVATION),
                hash(OBSERVATION.replace("Observation/b", "https://here.example/fhir/Observation/b")));
        assertNotEquals(hash(OBSERVATION), hash(OBSERVATION.replace("Observation/b", "Observation/c")));
        assertNotEquals(hash(OBSERVATION), hash(OBSERVATION.replace("Patient/p", "Patient/q")));
    }

    @Test
    void theAddressOfAFileDoesNotCount() throws MalformedJsonException {
        String document =
                "{\"resourceType\":\"DocumentReference\",\"content\":[{\"attachment\":{\"url\":\"data/originals/a.xml\",\"size\":3}}]}";
        assertEquals(hash(document), hash(document.replace("data/originals/a.xml", "Binary/" + UUID.randomUUID())));
        assertNotEquals(hash(document), hash(document.replace("3", "4")));
    }

    @Test
    void idsFollowTheTestVectorOfTheSpecification() {
        assertEquals(
                UUID.fromString("2b684e5b-4189-5b10-8f06-de1c858c49d2"), Ids.namespace("https://phr-a.example/fhir"));
        assertEquals(
                UUID.fromString("e8a2a1a1-a5b7-57b1-a033-935b85b4f631"),
                Ids.ofSource("https://phr-a.example/fhir", "Observation/bp-2024-0012"));
    }

    private static Sha256 hash(String json) throws MalformedJsonException {
        Map<String, String> origins = Map.of("Observation/local-b", "b");
        return new ContentHash(
                        "https://here.example/fhir",
                        Set.of("p"),
                        Set.of("https://earlier.example/fhir"),
                        key -> origins.getOrDefault(key, key.substring(key.indexOf('/') + 1)))
                .of(json.getBytes(StandardCharsets.UTF_8));
    }
}
