package phr.fhir.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.Fhir;
import phr.fhir.guide.MatchingProfile;
import phr.fhir.validate.ReferenceValidator;

/** What every golden file of every source says is stored, held to base R4 and to the profile of the guide. */
class GoldenConformanceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Path> expectations() throws IOException, URISyntaxException {
        Path golden = Path.of(Objects.requireNonNull(GoldenConformanceTest.class.getResource("/golden"))
                .toURI());
        try (Stream<Path> files = Files.walk(golden)) {
            return files.filter(file -> file.endsWith("expected.ndjson"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void everyResourceConforms(Path file) throws IOException {
        for (String resource : resources(file)) {
            assertEquals(List.of(), ReferenceValidator.errors(resource), resource);
        }
    }

    @Test
    void sourcesReachTheProfilesMadeForThem() throws IOException, URISyntaxException {
        Set<String> reached = new HashSet<>();
        for (Path file : expectations()) {
            for (String resource : resources(file)) {
                MatchingProfile.of(JSON.readTree(resource))
                        .ifPresent(profile -> reached.add(profile.substring(profile.lastIndexOf('/') + 1)));
            }
        }
        assertTrue(
                reached.containsAll(Set.of(
                        "phr-allergy",
                        "phr-condition",
                        "phr-diagnostic-report",
                        "phr-immunization",
                        "phr-medication-statement",
                        "phr-checkup-observation",
                        "phr-checkup-group",
                        "phr-checkup-encounter",
                        "phr-coverage",
                        "phr-lifelog-observation",
                        "phr-organization",
                        "phr-original",
                        "phr-practitioner",
                        "phr-provenance")),
                () -> "reached only " + reached);
    }

    @Test
    void nothingEmittedDeclaresAProfileOfOurs() throws IOException, URISyntaxException {
        for (Path file : expectations()) {
            assertFalse(Files.readString(file).contains("/StructureDefinition/phr-"), file::toString);
        }
    }

    /** One change each that the profile, or base R4, forbids. */
    private static final Map<String, List<Consumer<ObjectNode>>> MUTATIONS = new TreeMap<>(Map.of(
            "phr-checkup-observation",
                    List.of(
                            without("category"),
                            without("subject"),
                            without("effectiveDateTime"),
                            observation -> codings(observation, "/category/0").remove(1),
                            observation -> observation.put("status", "done"),
                            observation -> codings(observation, "/code")
                                    .add(codings(observation, "/code").get(0))),
            "phr-checkup-group",
                    List.of(without("hasMember"), group -> group.put("valueString", "x"), without("effectiveDateTime")),
            "phr-checkup-encounter",
                    List.of(
                            without("period"),
                            encounter -> encounter.withObject("/class").put("code", "AMB")),
            "phr-coverage", List.of(without("payor"), without("beneficiary")),
            "phr-lifelog-observation",
                    List.of(
                            without("category"),
                            without("subject"),
                            observation -> observation.put("nonsense", 1),
                            observation -> observation
                                    .withArray("extension")
                                    .addObject()
                                    .put("url", Fhir.CANONICAL + "/StructureDefinition/manual-entry")
                                    .put("valueString", "yes")),
            "phr-original",
                    List.of(
                            without("masterIdentifier"),
                            document -> document.withObject("/masterIdentifier").put("value", "urn:uuid:1"),
                            document -> ((ObjectNode) document.at("/content/0/attachment")).remove("size")),
            "phr-provenance", List.of(without("entity"), without("activity"), without("recorded")),
            "phr-organization", List.of(organization -> organization.put("name", ""))));

    static Stream<String> mutatedProfiles() {
        return MUTATIONS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("mutatedProfiles")
    void aBrokenResourceFails(String profile) throws IOException, URISyntaxException {
        String whole = firstOf(profile);
        int at = 0;
        for (Consumer<ObjectNode> mutation : Objects.requireNonNull(MUTATIONS.get(profile))) {
            ObjectNode broken = (ObjectNode) JSON.readTree(whole);
            mutation.accept(broken);
            assertFalse(ReferenceValidator.errors(broken.toString()).isEmpty(), profile + ", mutation " + at);
            at++;
        }
    }

    private static String firstOf(String profile) throws IOException, URISyntaxException {
        for (Path file : expectations()) {
            for (String resource : resources(file)) {
                Optional<String> matching = MatchingProfile.of(JSON.readTree(resource));
                if (matching.isPresent() && matching.get().endsWith("/" + profile)) {
                    return resource;
                }
            }
        }
        throw new AssertionError("no golden resource of " + profile);
    }

    private static Consumer<ObjectNode> without(String element) {
        return resource -> resource.remove(element);
    }

    private static ArrayNode codings(ObjectNode resource, String concept) {
        JsonNode list = resource.at(concept + "/coding");
        return (ArrayNode) list;
    }

    static List<String> resources(Path file) throws IOException {
        List<String> resources = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            if (line.startsWith("{") && line.contains("\"resourceType\"")) {
                // some expectations say behind the resource how it is labelled
                resources.add(line.substring(0, line.lastIndexOf('}') + 1));
            }
        }
        return resources;
    }
}
