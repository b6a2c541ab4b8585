package phr.fhir.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.NpmPackageValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.Fhir;
import phr.fhir.conformance.ConformanceValidator;
import phr.fhir.facts.PhrCategory;
import phr.fhir.jp.CheckupItems;
import phr.fhir.text.TsvTable;
import phr.fhir.validate.ReferenceValidator;

class GuideTest {

    private static final String FILE = "/phr-gateway.r4.tgz";
    private static final SnapshotGeneratingValidationSupport SNAPSHOTS =
            new SnapshotGeneratingValidationSupport(Fhir.context());
    private static final ValidationSupportContext BASE = new ValidationSupportContext(
            new ValidationSupportChain(new DefaultProfileValidationSupport(Fhir.context()), SNAPSHOTS));
    private static final String ORIGINAL = Fhir.CANONICAL + "/StructureDefinition/phr-original";

    static List<Artefact> artefacts() {
        return Guide.artefacts().stream()
                .filter(artefact -> !artefact.json().path("type").asText().equals("Extension"))
                .toList();
    }

    static List<Artefact> extensions() {
        return Guide.artefacts().stream()
                .filter(artefact -> artefact.json().path("type").asText().equals("Extension"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("artefacts")
    void everyArtefactIsValidFhir(Artefact artefact) {
        assertEquals(List.of(), ReferenceValidator.errors(artefact.toString(), List.of()), artefact.url());
    }

    /** HAPI's check of extension definitions wants a package from the network; its snapshot says as much. */
    @ParameterizedTest
    @MethodSource("extensions")
    void everyExtensionHasASnapshotWithItsValueOrParts(Artefact extension) {
        var definition = Fhir.json().parseResource(StructureDefinition.class, extension.toString());

        var snapshot = (StructureDefinition)
                Objects.requireNonNull(SNAPSHOTS.generateSnapshot(BASE, definition, "https://phr.example", null, ""));

        assertFalse(snapshot.getContext().isEmpty());
        ElementDefinition url = element(snapshot, "Extension.url");
        assertEquals(extension.url(), ((UriType) url.getFixed()).getValue());
        boolean parts = snapshot.getSnapshot().getElement().stream()
                .anyMatch(element -> element.getId().startsWith("Extension.extension:"));
        ElementDefinition value = element(snapshot, "Extension.value[x]");
        assertEquals(parts, value.getMax().equals("0"));
        assertTrue(parts || value.getType().size() == 1);
    }

    private static ElementDefinition element(StructureDefinition snapshot, String id) {
        return snapshot.getSnapshot().getElement().stream()
                .filter(element -> element.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyAddressIsTakenOnce() {
        Set<String> addresses = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Artefact artefact : Guide.artefacts()) {
            assertTrue(addresses.add(artefact.url()), artefact.url());
            assertTrue(names.add(artefact.fileName()), artefact.fileName());
        }
    }

    @Test
    void theTablesAreThereWhole() {
        assertEquals(PhrCategory.values().length, concepts("phr-category"));
        assertEquals(CheckupItems.all().size(), concepts("checkup-item"));
    }

    /** A table of types is one whose header begins with type and metric. */
    @Test
    void everyVendorTableIsAConceptMap() throws IOException, URISyntaxException {
        URL metrics = Objects.requireNonNull(Guide.class.getResource("/phr/fhir/normalise/lifelog/metrics.tsv"));
        Path tables = Path.of(metrics.toURI()).resolve("../..").normalize();
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(tables)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".tsv")).toList()) {
                if (Files.readAllLines(file).get(0).startsWith("type\tmetric\t")) {
                    found.add("/phr/fhir/normalise/"
                            + tables.relativize(file).toString().replace('\\', '/'));
                }
            }
        }
        Set<String> listed = new TreeSet<>();
        TsvTable.load(Guide.class, "vendor-tables.tsv").named().forEach(row -> listed.add(row.get("table")));
        assertEquals(found, listed, "one line a table in vendor-tables.tsv");
    }

    private static int concepts(String id) {
        return Guide.artefacts().stream()
                .filter(artefact ->
                        artefact.type().equals("CodeSystem") && artefact.id().equals(id))
                .mapToInt(artefact -> artefact.json().path("concept").size())
                .sum();
    }

    @Test
    void theBuildMakesThePackageOfThisGuideByteForByte() throws IOException {
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        PackageFile.write(again);
        try (InputStream built = Objects.requireNonNull(GuideTest.class.getResourceAsStream(FILE))) {
            assertArrayEquals(again.toByteArray(), built.readAllBytes());
        }
    }

    @Test
    void hapiReadsThePackageAndValidatesAgainstIt() throws IOException {
        NpmPackageValidationSupport loaded = new NpmPackageValidationSupport(Fhir.context());
        loaded.loadPackageFromClasspath("classpath:" + FILE.substring(1));
        ConformanceValidator validator = new ConformanceValidator(List.of(loaded));

        assertTrue(validator.knows(ORIGINAL));
        String bare =
                "{\"resourceType\":\"DocumentReference\",\"status\":\"current\",\"content\":[{\"attachment\":{\"url\":\"Binary/1\"}}]}";
        assertTrue(validator.findings(bare, List.of(ORIGINAL)).stream()
                .anyMatch(finding -> finding.error() && finding.text().contains("masterIdentifier")));
        assertTrue(validator.findings(bare, List.of()).stream().noneMatch(finding -> finding.error()));
    }
}
