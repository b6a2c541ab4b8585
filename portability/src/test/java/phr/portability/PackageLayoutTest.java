package phr.portability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.DocumentManifest;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.Fhir;
import phr.fhir.Sha256;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;
import phr.portability.json.MalformedJsonException;

/** The package as phr-package.md §2 to §6 describes it. */
class PackageLayoutTest {

    @TempDir
    Path spool;

    private MemoryRecord a;
    private Repacked opened;

    @BeforeEach
    void export() throws IOException {
        a = new MemoryRecord(Providers.A.namespace());
        RandomRecord.fill(a, 11, 60);
        opened = Repacked.of(Providers.export(Providers.A, a, spool));
    }

    @Test
    void everythingLiesInOneServiceFolderAndEarlyFilesComeFirst() {
        String folder = "jp.example.phr-a_20260401120000123/";
        assertTrue(opened.files.keySet().stream().allMatch(name -> name.startsWith(folder)));
        assertEquals(
                List.of(folder + "index.phr", folder + "package.json", folder + "bagit.txt"),
                opened.files.keySet().stream().limit(3).toList());
        for (String required : List.of(
                "README.ja.txt",
                "bag-info.txt",
                "manifest-sha256.txt",
                "tagmanifest-sha256.txt",
                "signature.jws",
                "data/fhir/Patient.001.ndjson",
                "data/fhir/Observation.001.ndjson",
                "data/provenance/Provenance.001.ndjson",
                "data/consents/directives.ndjson",
                "data/summary/ips.json",
                "data/summary/ips.ja.html",
                "data/csv/lab-results.csv")) {
            assertTrue(opened.files.containsKey(folder + required), required);
        }
        assertEquals(
                1,
                opened.files.keySet().stream()
                        .filter(name -> name.endsWith(".phr"))
                        .count());
    }

    @Test
    void namesArePortable() {
        Set<String> lower = new HashSet<>();
        for (String name : opened.files.keySet()) {
            assertTrue(name.matches("[A-Za-z0-9._/-]{1,180}"), name);
            assertTrue(lower.add(name.toLowerCase(Locale.ROOT)));
        }
    }

    @Test
    void theIndexSatisfiesEveryRuleOfPhrValidaterBundle() {
        String index = opened.text("index.phr");
        assertTrue(index.endsWith("}\n") && !index.contains("\n\n"));
        List<String> lines = index.lines().toList();
        Composition composition = (Composition) Fhir.json().parseResource(lines.get(0));
        assertEquals("final", composition.getStatus().toCode());
        assertEquals("11503-0", composition.getType().getCodingFirstRep().getCode());
        assertEquals("#patient", composition.getSubject().getReferenceElement().getValue());
        assertEquals(1, composition.getAuthor().size());
        assertEquals(
                "#provider",
                composition.getAuthorFirstRep().getReferenceElement().getValue());
        assertTrue(composition.hasDate() && composition.getTitle().equals("PHR Data 20260401"));
        Patient patient = (Patient) composition.getContained().get(0);
        assertTrue(patient.getActive() && patient.getIdentifier().size() == 1);
        assertEquals(
                List.of("山田 花子"),
                patient.getName().stream().map(name -> name.getText()).toList());
        Organization provider = (Organization) composition.getContained().get(1);
        assertTrue(provider.getActive() && provider.hasName() && provider.hasIdentifier());
        DocumentManifest manifest = (DocumentManifest) Fhir.json().parseResource(lines.get(1));
        assertTrue(manifest.hasId() && manifest.getStatus().toCode().equals("current"));
        assertEquals(lines.size() - 2, manifest.getContent().size());
        for (int i = 2; i < lines.size(); i++) {
            reference(lines.get(i), manifest.getContent().get(i - 2).getReference());
        }
    }

    private void reference(String line, String announced) {
        DocumentReference reference = (DocumentReference) Fhir.json().parseResource(line);
        assertEquals("urn:uuid:" + reference.getIdElement().getIdPart(), announced);
        assertEquals("current", reference.getStatus().toCode());
        assertTrue(reference.hasDate() && reference.getType().hasCoding());
        assertEquals(1, reference.getContent().size());
        Attachment attachment = reference.getContentFirstRep().getAttachment();
        assertTrue(attachment.hasContentType() && attachment.hasCreation() && attachment.hasTitle());
        String hash = attachment.getHashElement().getValueAsString();
        assertEquals(64, hash.length());
        byte[] file = Objects.requireNonNull(opened.files.get(opened.folder() + attachment.getUrl()));
        assertEquals(Sha256.of(file).hex(), hash);
        assertEquals(file.length, attachment.getSize());
        String again = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(reference);
        assertTrue(again.contains("\"hash\":\"" + hash + "\""), "HAPI gives the 64 digits back as they are");
    }

    @Test
    void checkupDocumentsCarryBothCodings() {
        DocumentReference first = (DocumentReference) Fhir.json()
                .parseResource(opened.text("index.phr").lines().toList().get(2));
        assertEquals("1.2.392.200119.6.1001", first.getType().getCoding().get(0).getSystem());
        assertEquals("10", first.getType().getCoding().get(0).getCode());
        assertEquals(
                "urn:oid:1.2.392.200119.6.1001#10",
                first.getType().getCoding().get(1).getCode());
        assertTrue(first.getCategory().stream()
                .anyMatch(category -> category.getCodingFirstRep().getCode().equals("checkup-specific")));
    }

    @Test
    void everyLineOfTheRecordIsStrictFhirAndNobodySeesThePersonId() {
        String person = a.account.person().toString();
        opened.files.forEach((name, content) -> {
            String text = new String(content, StandardCharsets.UTF_8);
            assertFalse(text.contains(person), name);
            if (name.contains("/data/fhir/") || name.contains("/data/provenance/")) {
                text.lines().forEach(line -> assertNotNull(Fhir.json().parseResource(line)));
            }
        });
    }

    @Test
    void theSummaryIsADocumentBundleWithTheRequiredSections() {
        Bundle bundle = (Bundle) Fhir.json().parseResource(opened.text("data/summary/ips.json"));
        assertEquals("document", bundle.getType().toCode());
        assertTrue(bundle.hasTimestamp() && bundle.hasIdentifier());
        assertTrue(bundle.getEntry().stream().allMatch(entry -> entry.hasFullUrl() && !entry.hasRequest()));
        Composition composition = (Composition) bundle.getEntryFirstRep().getResource();
        for (String code : List.of("11450-4", "48765-2", "10160-0")) {
            assertTrue(composition.getSection().stream()
                    .filter(section ->
                            section.getCode().getCodingFirstRep().getCode().equals(code))
                    .allMatch(section -> section.hasEntry() || section.hasEmptyReason()));
        }
        assertFalse(opened.text("data/summary/ips.ja.html").contains("<script"));
    }

    @Test
    void packageJsonListsEveryPayloadFile() throws MalformedJsonException {
        JsonObject json = Json.parse(opened.text("package.json").getBytes(StandardCharsets.UTF_8));
        Set<String> listed = new HashSet<>();
        json.objects("files").forEach(file -> listed.add(file.string("path").orElseThrow()));
        opened.files.keySet().stream()
                .map(name -> name.substring(opened.folder().length()))
                .filter(path -> path.startsWith("data/"))
                .forEach(path -> assertTrue(listed.contains(path), path));
        assertEquals(
                60L,
                json.object("counts")
                        .flatMap(counts -> counts.object("byType"))
                        .flatMap(types -> types.number("Observation"))
                        .orElseThrow());
        for (String field : List.of(
                "specVersion",
                "manifestType",
                "packageId",
                "transactionTime",
                "reason",
                "scope",
                "source",
                "subject",
                "fhirVersion",
                "profiles",
                "terminologies",
                "mappings",
                "history",
                "consents",
                "retention",
                "security")) {
            assertTrue(json.get(field).isPresent(), field);
        }
    }

    @Test
    void tablesOpenWithoutRunningFormulas() {
        String csv = opened.text("data/csv/lab-results.csv");
        assertTrue(csv.startsWith("\uFEFF検査日時,項目,結果,単位"));
        assertTrue(csv.contains("\r\n") && csv.contains("\"'=総コレステロール \"\"T\"\""), "text like a formula is defused");
        assertEquals("-5.0", CsvTables.cell("-5.0"));
        assertEquals("'@cmd", CsvTables.cell("@cmd"));
    }

    @Test
    void sha256sumFindsNothingToComplainAbout() throws Exception {
        Path root = Files.createDirectory(spool.resolve("unpacked"));
        for (var file : opened.files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/sha256sum")), "coreutils");
        for (String manifest : List.of("manifest-sha256.txt", "tagmanifest-sha256.txt")) {
            Process process = new ProcessBuilder("sha256sum", "--strict", "--quiet", "-c", manifest)
                    .directory(root.resolve(opened.folder()).toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), said);
        }
    }

    @Test
    void theSpoolIsEmptyAfterwards() throws IOException {
        try (var left = Files.list(spool)) {
            assertEquals(0, left.filter(path -> !path.endsWith("unpacked")).count());
        }
    }
}
