package phr.fhir.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * With the packages of JP Core and eCheckup, which are not ours to ship: the folder {@code fhir-packages} of the directory that
 * {@code PHR_REFERENCE_DATA} names. The stored form of a checkup is base R4 and no eCheckup document (checkup-fhir.md FHIR-R2);
 * what the packages say against it is listed here, and nothing else may come.
 */
@EnabledIfEnvironmentVariable(named = "PHR_REFERENCE_DATA", matches = ".+")
class ReferenceDataTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JP_OBSERVATION = "http://jpfhir.jp/fhir/core/StructureDefinition/JP_Observation_Common";
    private static final String CHECKUP_OBSERVATION =
            "http://jpfhir.jp/fhir/eCheckup/StructureDefinition/JP_Observation_eCheckupGeneral";

    /** The package is of version 1.0.0-temp, with fewer items and closed rules (checkup-fhir.md §3). */
    private static final Set<String> KNOWN = Set.of(
            // The stored form keeps the sender's statement beside the one about the measurable range (checkup-cda.md
            // §7).
            "Validation_VAL_Profile_Maximum Observation",
            // Items outside the table are stored under their code (checkup-cda.md CDA-R8).
            "Terminology_TX_NoValid_1_CC Observation.code",
            // The stored form keeps identifiers of other systems; the eCheckup form leaves them out (FHIR-R2).
            "_DT_Fixed_Wrong Observation.identifier[0].system",
            // cancelled where there is no result: 1.5.0 has it, the package does not yet (checkup-fhir.md §6.1).
            "_DT_Fixed_Wrong Observation.status");

    private static Path packages() {
        return Path.of(System.getenv("PHR_REFERENCE_DATA"), "fhir-packages");
    }

    @Test
    void everyPackageIsReadWhole() throws IOException {
        try (Stream<Path> files = Files.list(packages())) {
            List<Path> supplied =
                    files.filter(file -> file.toString().endsWith(".tgz")).toList();
            assertFalse(supplied.isEmpty());
            for (Path file : supplied) {
                assertTrue(PackageSupport.read(file).resources() > 10, file::toString);
            }
        }
    }

    @Test
    void checkupObservationsContradictTheProfilesOnlyAsKnown() throws IOException, URISyntaxException {
        ConformanceValidator validator = ConformanceValidator.ofGuideAnd(List.of(
                PackageSupport.read(packages().resolve("jp-core.r4-1.1.2-url.tgz")),
                PackageSupport.read(packages().resolve("jp-eChekupReport.r4.tgz"))));
        assertTrue(validator.knows(JP_OBSERVATION));
        assertTrue(validator.knows(CHECKUP_OBSERVATION));
        Set<String> core = new TreeSet<>();
        Set<String> checkup = new TreeSet<>();
        int read = 0;
        for (Path file : GoldenConformanceTest.expectations()) {
            for (String resource : GoldenConformanceTest.resources(file)) {
                if (checkupObservation(JSON.readTree(resource))) {
                    core.addAll(errors(validator, resource, JP_OBSERVATION));
                    checkup.addAll(errors(validator, resource, CHECKUP_OBSERVATION));
                    read++;
                }
            }
        }
        assertTrue(read > 20);
        assertEquals(Set.of(), core);
        assertEquals(new TreeSet<>(KNOWN), checkup);
    }

    private static boolean checkupObservation(JsonNode resource) {
        return resource.at("/code/coding/0/system").asText().equals("urn:oid:1.2.392.200119.6.1005");
    }

    private static Set<String> errors(ConformanceValidator validator, String resource, String profile) {
        return validator.findings(resource, List.of(profile)).stream()
                .filter(Finding::error)
                .map(finding -> finding.rule() + " " + finding.place())
                .collect(Collectors.toSet());
    }
}
