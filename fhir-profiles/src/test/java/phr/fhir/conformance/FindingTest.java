package phr.fhir.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import phr.fhir.guide.MatchingProfile;

/** What the validator says is useful and repeats nothing of the resource. */
class FindingTest {

    private static final String SECRET = "秘密4711";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ConformanceValidator VALIDATOR = ConformanceValidator.ofGuide();

    /** Each text of one resource of each profile is replaced in turn. */
    @Test
    void noFindingRepeatsAValue() throws IOException, URISyntaxException {
        int findings = 0;
        for (JsonNode resource : oneOfEachProfile()) {
            List<String> profiles = MatchingProfile.of(resource).stream().toList();
            int places = leaves(resource.deepCopy()).size();
            for (int i = 0; i < places; i++) {
                JsonNode broken = resource.deepCopy();
                leaves(broken).get(i).accept(TextNode.valueOf(SECRET));
                for (Finding finding : VALIDATOR.findings(broken.toString(), profiles)) {
                    assertFalse(finding.toString().contains("4711"), () -> finding.rule() + " repeats a value");
                    findings++;
                }
            }
        }
        assertTrue(findings > 200, "too few findings to tell");
    }

    @Test
    void anIdInAPlaceIsLeftOut() {
        String bundle = """
                {"resourceType":"Bundle","type":"collection","entry":[
                 {"fullUrl":"https://phr.example/Patient/id-4711","resource":{"resourceType":"Patient","id":"id-4711","gender":"x"}}]}
                """;
        List<Finding> findings = VALIDATOR.findings(bundle, List.of());

        assertTrue(findings.stream()
                .anyMatch(finding -> finding.error() && finding.place().contains("gender")));
        assertTrue(findings.stream().noneMatch(finding -> finding.toString().contains("4711")));
    }

    @Test
    void elementsAndCountsAreNamed() {
        List<Finding> findings =
                VALIDATOR.findings("{\"resourceType\":\"Observation\",\"status\":\"final\"}", List.of());

        assertTrue(findings.stream()
                .anyMatch(finding -> finding.error()
                        && finding.text().contains("Observation.code")
                        && finding.text().contains("1")));
    }

    private static List<JsonNode> oneOfEachProfile() throws IOException, URISyntaxException {
        Set<String> seen = new HashSet<>();
        List<JsonNode> found = new ArrayList<>();
        for (Path file : GoldenConformanceTest.expectations()) {
            for (String line : GoldenConformanceTest.resources(file)) {
                JsonNode resource = JSON.readTree(line);
                boolean shortOne = line.length() < 3000;
                if (shortOne && MatchingProfile.of(resource).filter(seen::add).isPresent()) {
                    found.add(resource);
                }
            }
        }
        return found;
    }

    /** How to replace each text of a tree. */
    private static List<Consumer<JsonNode>> leaves(JsonNode tree) {
        List<Consumer<JsonNode>> leaves = new ArrayList<>();
        if (tree instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                if (field.getValue().isTextual() && !field.getKey().equals("resourceType")) {
                    leaves.add(value -> object.set(field.getKey(), value));
                }
                leaves.addAll(leaves(field.getValue()));
            });
        } else if (tree instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                int at = i;
                if (list.get(i).isTextual()) {
                    leaves.add(value -> list.set(at, value));
                }
                leaves.addAll(leaves(list.get(i)));
            }
        }
        return leaves;
    }
}
