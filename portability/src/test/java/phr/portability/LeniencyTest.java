package phr.portability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.Sha256;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/** Rows of phr-package.md §7.2 and the resource-level rows of §7.3: read on, with an issue. */
class LeniencyTest {

    private static final String FILE = "{\"hello\":1}";

    @TempDir
    Path spool;

    private MemoryRecord a;
    private MemoryRecord b;

    @BeforeEach
    void providers() {
        a = new MemoryRecord(Providers.A.namespace());
        b = new MemoryRecord(Providers.B.namespace());
    }

    @Test
    void aForeignContainerInNestedFoldersWithAllItsOddities() throws IOException {
        ImportResult result = foreign(index("./files\\a.json", "", "null"), "files/a.json");
        assertEquals(Origin.SELF_SUPPLIED, result.origin());
        assertEquals(1, result.originals());
        assertEquals(Set.of(Sha256.of(FILE.getBytes(StandardCharsets.UTF_8)).hex()), b.fileHashes());
        assertTrue(rules(result)
                .containsAll(Set.of(
                        "PKG-CONTAINED", "PKG-STATUS", "PKG-COVER", "PKG-URL", "PKG-ATTACHMENT", "PKG-LENIENT")));
    }

    @Test
    void addressesWithFileScheme() throws IOException {
        assertEquals(
                1,
                foreign(index("file://files/a.json", "", "1"), "files/a.json").originals());
        assertEquals(1, foreign(index("file:///b.json", "", "1"), "b.json").originals());
    }

    @Test
    void anAddressOutsideTheFolderIsRefused() {
        FailureException failure =
                assertThrows(FailureException.class, () -> foreign(index("file://../../x.json", "", "1"), "x.json"));
        assertEquals("PKG-PATH", failure.failure().issues().get(0).rule());
        assertThrows(FailureException.class, () -> foreign(index("https://evil.example/x", "", "1"), "x.json"));
    }

    @Test
    void everyWayToWriteAHashIsCompared() throws Exception {
        byte[] file = FILE.getBytes(StandardCharsets.UTF_8);
        byte[] sha1 = java.security.MessageDigest.getInstance("SHA-1").digest(file);
        String sha256 = Sha256.of(file).hex();
        java.util.Base64.Encoder base64 = java.util.Base64.getEncoder();
        for (String hash : List.of(
                sha256.toUpperCase(java.util.Locale.ROOT),
                java.util.HexFormat.of().formatHex(sha1),
                base64.encodeToString(sha1),
                base64.encodeToString(Sha256.of(file).bytes()))) {
            b = new MemoryRecord(Providers.B.namespace());
            assertEquals(1, foreign(index("a.json", hash, "11"), "a.json").originals(), hash);
            String wrong = (hash.charAt(0) == '0' ? "1" : "0") + hash.substring(1);
            assertThrows(FailureException.class, () -> foreign(index("a.json", wrong, "11"), "a.json"));
        }
    }

    @Test
    void aMissingListedFileRefusesTheContainer() {
        FailureException failure =
                assertThrows(FailureException.class, () -> foreign(index("missing.json", "", "1"), "a.json"));
        assertEquals("PKG-MISSING", failure.failure().issues().get(0).rule());
    }

    @Test
    void litterIsIgnoredAndExtraFilesAreKept() throws IOException {
        Repacked made = new Repacked();
        made.files.put("svc_1/index.phr", index("a.json", "", "11").getBytes(StandardCharsets.UTF_8));
        made.files.put("svc_1/a.json", FILE.getBytes(StandardCharsets.UTF_8));
        made.files.put("svc_1/.DS_Store", new byte[] {1});
        made.files.put("__MACOSX/svc_1/._a.json", new byte[] {2});
        made.files.put("svc_1/notes.txt", "memo".getBytes(StandardCharsets.UTF_8));
        made.files.put("stray.bin", new byte[] {3});
        ImportResult result = Providers.receive(made.zip(), b, spool);
        assertEquals(3, result.originals());
        assertTrue(rules(result).containsAll(Set.of("PKG-LITTER", "PKG-EXTRA", "PKG-STRAY")));
    }

    @Test
    void unknownDocumentTypeCodesAreKeptAsTheyAre() throws IOException {
        foreign(index("a.json", "", "11").replace("omh-blood-pressure-4.0", "somebody-elses-7"), "a.json");
        String stored = json(b.resources.values().iterator().next());
        assertTrue(stored.contains("somebody-elses-7") && stored.contains("unspecified"));
    }

    @Test
    void aZipInsideAContainerIsNeverOpened() throws IOException {
        Repacked made = new Repacked();
        made.files.put("svc_1/index.phr", index("a.zip", "", "null").getBytes(StandardCharsets.UTF_8));
        Repacked inner = new Repacked();
        inner.files.put("../evil", new byte[] {1});
        byte[] nested = inner.zip();
        made.files.put("svc_1/a.zip", nested);
        assertEquals(1, Providers.receive(made.zip(), b, spool).originals());
        assertEquals(Set.of(Sha256.of(nested).hex()), b.fileHashes());
    }

    @Test
    void badLinesOfARecordDoNotKillTheOthers() throws IOException {
        RandomRecord.fill(a, 31, 10);
        Repacked opened = Repacked.of(Providers.export(Providers.A, a, spool));
        String path =
                opened.find("data/fhir/Observation").substring(opened.folder().length());
        List<String> lines = opened.text(path).lines().collect(Collectors.toList());
        lines.set(0, "{\"resourceType\":\"Observation\",");
        lines.set(1, "[".repeat(300));
        lines.set(
                2,
                lines.get(2)
                        .replaceFirst(
                                "\"subject\":\\{\"reference\":\"Patient/[^\"]*",
                                "\"subject\":{\"reference\":\"Patient/somebody"));
        lines.set(3, lines.get(3).replaceFirst("\"status\":\"final\"", "\"status\":\"final\",\"invented\":1"));
        lines.set(4, lines.get(4).replaceFirst("\"resourceType\":\"Observation\"", "\"resourceType\":\"Horoscope\""));
        lines.set(5, "  " + lines.get(5) + " \r");
        opened.payload(path, String.join("\n", lines) + "\n\n");
        ImportResult result = Providers.receive(opened.resealed(Providers.KEY_A).zip(), b, spool);
        assertEquals(5, result.rejected());
        assertEquals(5, result.counts().get("Observation"));
        assertTrue(rules(result)
                .containsAll(
                        Set.of("PKG-LINE", "PKG-SUBJECT", "PKG-FHIR", "PKG-TYPE", "PKG-LENIENT", "PKG-REFERENCE")));
        assertTrue(report(result).stream()
                .anyMatch(issue ->
                        issue.rule().equals("PKG-LINE") && issue.expressions().contains("line 2")));
    }

    @Test
    void referencesThatLeadNowhereBecomeIdentifiers() throws IOException {
        RandomRecord.fill(a, 32, 10);
        Repacked opened = Repacked.of(Providers.export(Providers.A, a, spool));
        String path =
                opened.find("data/fhir/Encounter").substring(opened.folder().length());
        opened.payload(
                path, opened.text(path).replaceAll("Organization/[^\"]*", "https://unknown.example/Organization/7"));
        ImportResult result = Providers.receive(opened.resealed(Providers.KEY_A).zip(), b, spool);
        assertTrue(rules(result).contains("PKG-REFERENCE"));
        assertTrue(b.resources.values().stream()
                .filter(stored -> stored.type().equals("Encounter"))
                .allMatch(stored -> json(stored).contains("https://unknown.example/Organization/7")
                        && !json(stored).contains("\"reference\":\"https")));
    }

    @Test
    void anotherPersonsPackageIsHeld() throws IOException {
        RandomRecord.fill(a, 33, 5);
        Repacked opened = Repacked.of(Providers.export(Providers.A, a, spool));
        String path = opened.find("data/fhir/Patient").substring(opened.folder().length());
        opened.payload(path, opened.text(path).replace("1980-04-01", "1981-04-01"));
        ImportResult result = Providers.receive(opened.resealed(Providers.KEY_A).zip(), b, spool);
        assertTrue(result.held());
        assertTrue(b.resources.isEmpty() && b.originals.isEmpty());
        assertEquals(
                List.of("Patient.birthDate"),
                Objects.requireNonNull(result.report()).contradictions().get(0).expressions());
    }

    @Test
    void anUnknownSignerIsSaidAndNoSignatureIsSelfSupplied() throws IOException {
        RandomRecord.fill(a, 34, 5);
        Repacked opened = Repacked.of(Providers.export(Providers.A, a, spool));
        byte[] unknown =
                opened.resealed(phr.portability.sign.ProviderKey.generate()).zip();
        assertEquals(Origin.SIGNED_UNKNOWN, Providers.receive(unknown, b, spool).origin());
        opened.files.remove(opened.folder() + "signature.jws");
        assertEquals(
                Origin.SELF_SUPPLIED,
                Providers.receive(opened.zip(), new MemoryRecord(Providers.B.namespace()), spool)
                        .origin());
    }

    @Test
    void whoDoesNotOwnAResourceNeverReplacesIt() throws IOException {
        RandomRecord.fill(a, 35, 10);
        byte[] container = Providers.export(Providers.A, a, spool);
        Providers.receive(container, b, spool);
        Set<UUID> before = Set.copyOf(b.resources.keySet());
        Repacked forged = Repacked.of(container);
        String path =
                forged.find("data/fhir/Observation").substring(forged.folder().length());
        forged.payload(path, forged.text(path).replace("\"final\"", "\"amended\""));
        forged.put(
                "package.json",
                forged.text("package.json")
                        .replaceFirst("\"packageId\":\"[^\"]*", "\"packageId\":\"" + UUID.randomUUID()));
        forged.resealed(Providers.KEY_A).files.remove(forged.folder() + "signature.jws");

        ImportResult result = Providers.receive(forged.zip(), b, spool);

        assertTrue(rules(result).contains("PKG-RELAYED"));
        assertEquals(0, b.updated);
        assertTrue(before.stream().allMatch(id -> !json(Objects.requireNonNull(b.resources.get(id)))
                .contains("amended")));
        assertTrue(b.resources.size() > before.size(), "both are kept");
    }

    @Test
    void itsOwnerReplacesAResourceWithANewVersion() throws IOException {
        RandomRecord.fill(a, 36, 10);
        byte[] container = Providers.export(Providers.A, a, spool);
        Providers.receive(container, b, spool);
        int before = b.resources.size();
        Repacked amended = Repacked.of(container);
        String path =
                amended.find("data/fhir/Observation").substring(amended.folder().length());
        amended.payload(
                path,
                amended.text(path)
                        .replace("\"final\"", "\"amended\"")
                        .replace("\"versionId\":\"1\"", "\"versionId\":\"2\""));
        amended.put(
                "package.json",
                amended.text("package.json")
                        .replaceFirst("\"packageId\":\"[^\"]*", "\"packageId\":\"" + UUID.randomUUID()));
        Providers.receive(amended.resealed(Providers.KEY_A).zip(), b, spool);
        assertEquals(before, b.resources.size());
        assertEquals(10, b.updated);
    }

    @Test
    void ourFolderCarriedByAnotherServiceIsStillSigned() throws IOException {
        RandomRecord.fill(a, 37, 5);
        Repacked carrier = Repacked.of(Providers.export(Providers.A, a, spool));
        carrier.files.put(
                "com.other_20260101000000000/index.phr",
                index("a.json", "", "11").getBytes(StandardCharsets.UTF_8));
        carrier.files.put("com.other_20260101000000000/a.json", FILE.getBytes(StandardCharsets.UTF_8));
        ImportResult result = Providers.receive(carrier.zip(), b, spool);
        assertEquals(Origin.PROVIDER_SIGNED, result.origin());
        assertEquals(a.fileHashes().size() + 1, b.fileHashes().size());
    }

    @Test
    void noIssueShowsAValueOfTheRecord() throws IOException {
        RandomRecord.fill(a, 38, 5);
        Repacked opened = Repacked.of(Providers.export(Providers.A, a, spool));
        String path =
                opened.find("data/fhir/Observation").substring(opened.folder().length());
        opened.payload(path, opened.text(path).replaceAll("\"status\":\"final\"", "\"status\":\"SECRET\""));
        ImportResult result = Providers.receive(opened.resealed(Providers.KEY_A).zip(), b, spool);
        assertFalse(report(result).isEmpty());
        assertFalse(report(result).toString().contains("SECRET"));
    }

    private ImportResult foreign(String index, String file) throws IOException {
        Repacked made = new Repacked();
        String folder = "com.system.service-x_20250122210232755/com.system.service-x_20250122210232755/";
        made.files.put(folder + file, FILE.getBytes(StandardCharsets.UTF_8));
        made.files.put(folder + "index.phr", index.getBytes(StandardCharsets.UTF_8));
        return Providers.receive(made.zip(), b, spool);
    }

    private static String index(String url, String hash, String size) {
        String sized = size.equals("1") ? "11" : size;
        String hashed = hash.isEmpty() ? "" : "\"hash\":\"" + hash + "\",";
        return "\uFEFF{\"resourceType\":\"Composition\",\"status\":\"\",\"author\":[{\"reference\":\"Organization/x\"}],"
                + "\"contained\":{\"id\":\"x\",\"name\":\"X\",\"resourceType\":\"Organization\"},\"title\":\"t\",\"type\":{\"coding\":[{\"code\":\"34133-9\"}]}}\r\n\r\n"
                + "{\"resourceType\":\"DocumentManifest\",\"status\":\"current\",\"content\":[{\"reference\":\"urn:uuid:ba083cc0-8bf0-4c52-89e7-2a723ac09c0f\"}],\"id\":\"m\"}\n"
                + "{\"resourceType\":\"DocumentReference\",\"status\":\"\",\"content\":[{\"attachment\":{" + hashed
                + "\"contentType\":\"application/json\",\"size\":" + sized + ",\"url\":\"" + url.replace("\\", "\\\\")
                + "\"}}],\"id\":\"ba083cc0-8bf0-4c52-89e7-2a723ac09c0f\",\"type\":{\"coding\":[{\"code\":\"omh-blood-pressure-4.0\",\"system\":\"http://phr.or.jp/fhir/doctype\"}]}}";
    }

    private static List<Issue> report(ImportResult result) {
        return Objects.requireNonNull(result.report()).issues();
    }

    private static Set<String> rules(ImportResult result) {
        return report(result).stream().map(Issue::rule).collect(Collectors.toSet());
    }

    private static String json(MemoryRecord.Stored stored) {
        return new String(stored.json(), StandardCharsets.UTF_8);
    }
}
