package phr.portability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.portability.sign.DetachedJws;

/** Every container row of phr-package.md §7.3: refused as a whole, nothing stored, the rule named. */
class RefusalTest {

    @TempDir
    Path spool;

    private MemoryRecord b;
    private byte[] good;
    private Repacked opened;

    @BeforeEach
    void export() throws IOException {
        MemoryRecord a = new MemoryRecord(Providers.A.namespace());
        b = new MemoryRecord(Providers.B.namespace());
        RandomRecord.fill(a, 21, 8);
        good = Providers.export(Providers.A, a, spool);
        opened = Repacked.of(good);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "C:/a", "x/../../a", "~root/a", "x\\..\\..\\a", "x//a", "x/./a"})
    void aPathThatCouldLeaveTheContainer(String name) throws IOException {
        refused("PKG-PATH", withEntry(name));
    }

    @Test
    void aNameWithNulOrOfExcessiveLength() throws IOException {
        refused("PKG-NAME", withEntry("a\0b"));
        refused("PKG-NAME", withEntry("a".repeat(300)));
    }

    @Test
    void aSymlinkOrADevice() throws IOException {
        refused("PKG-LINK", withMode(0120777));
        refused("PKG-LINK", withMode(0060644));
    }

    @Test
    void twoNamesThatDifferInCaseOrUnicodeFormOnly() throws IOException {
        refused("PKG-DUPLICATE", withEntry(opened.folder() + "INDEX.phr"));
        opened.files.put("x/\u304c", new byte[0]);
        refused("PKG-DUPLICATE", withEntry("x/\u304b\u3099"));
    }

    @Test
    void aFileThatIsAlsoAFolder() throws IOException {
        opened.files.put("x/a", new byte[0]);
        refused("PKG-DUPLICATE", withEntry("x/a/b"));
    }

    @Test
    void theSameNameTwice() throws IOException {
        byte[] twice = withEntry(opened.folder() + "index.phx");
        replaceAll(twice, "index.phx", "index.phr");
        refused("PKG-DUPLICATE", twice);
    }

    @Test
    void localAndCentralHeadersThatDiffer() throws IOException {
        byte[] zip = stored("svc_1/index.phr", "{}\n");
        ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(22, 999);
        refused("PKG-HEADERS", zip);
    }

    @Test
    void localAndCentralNamesThatDiffer() throws IOException {
        byte[] zip = stored("svc_1/index.phr", "{}\n");
        zip[30] = 'z';
        refused("PKG-HEADERS", zip);
    }

    @Test
    void contentThatIsNotWhatItsChecksumSays() throws IOException {
        byte[] zip = stored("svc_1/index.phr", "{}\n");
        zip[30 + "svc_1/index.phr".length()] = '[';
        refused("PKG-DAMAGED", zip);
    }

    @Test
    void aZipBomb() throws IOException {
        opened.files.put(opened.folder() + "data/zero", new byte[20 << 20]);
        assertEquals(
                Category.TOO_LARGE, refused("PKG-RATIO", opened.zip()).failure().category());
    }

    @Test
    void moreThanTheQuota() {
        Importer strict = new Importer(Providers.BOTH, List.of(), new Limits(1000, 100, 1000, 100), spool);
        FailureException quota = assertThrows(FailureException.class, () -> strict.read(b.intake(good), b));
        assertEquals("PKG-QUOTA", quota.failure().issues().get(0).rule());
        Importer few = new Importer(Providers.BOTH, List.of(), new Limits(3, 1 << 30, 1000, 100), spool);
        FailureException entries = assertThrows(FailureException.class, () -> few.read(b.intake(good), b));
        assertEquals("PKG-ENTRIES", entries.failure().issues().get(0).rule());
    }

    @Test
    void anEncryptedEntry() throws IOException {
        byte[] zip = stored("svc_1/index.phr", "{}\n");
        zip[6] |= 1;
        refused("PKG-ENCRYPTED", zip);
    }

    @Test
    void aTruncatedFileAndNoZipAtAll() {
        refused("PKG-ZIP", Arrays.copyOf(good, good.length - 7));
        refused("PKG-ZIP", Arrays.copyOf(good, good.length / 2));
        refused("PKG-ZIP", "PK\3\4 but no".getBytes(StandardCharsets.UTF_8));
        refused("PKG-ZIP", new byte[0]);
    }

    @Test
    void aPartOfSeveralDisks() {
        byte[] zip = good.clone();
        zip[zip.length - 22 + 4] = 1;
        refused("PKG-DISKS", zip);
    }

    @Test
    void aContainerWithoutServiceFolder() throws IOException {
        refused("PKG-FOLDER", stored("a/b.txt", "x"));
    }

    @Test
    void aPayloadFileThatIsNotListed() throws IOException {
        refused("PKG-UNLISTED", opened.put("data/extra.txt", "x").zip());
    }

    @Test
    void aListedFileThatIsMissing() throws IOException {
        opened.files.remove(opened.find("data/fhir/Observation"));
        refused("PKG-MISSING", opened.zip());
    }

    @Test
    void aFileWithAWrongHashNamedInTheIssue() throws IOException {
        String name = opened.find("data/originals/");
        opened.files.put(name, "altered".getBytes(StandardCharsets.UTF_8));
        Issue issue = refused("PKG-HASH", opened.zip()).failure().issues().get(0);
        assertEquals(name.substring(opened.folder().length()), issue.entry());
    }

    @Test
    void aFileListedTwice() throws IOException {
        String manifest = opened.text("manifest-sha256.txt");
        refused(
                "PKG-MANIFEST-TWICE",
                opened.put(
                                "manifest-sha256.txt",
                                manifest + manifest.lines().findFirst().orElseThrow() + "\n")
                        .zip());
    }

    @Test
    void aSecondManifestThatCouldDisagree() throws IOException {
        refused("PKG-UNLISTED", opened.put("manifest-md5.txt", "00  data/x\n").zip());
    }

    @Test
    void aWrongDeclarationOfTheBag() throws IOException {
        refused(
                "PKG-BAGIT",
                opened.put("bagit.txt", "\uFEFF" + opened.text("bagit.txt")).zip());
        refused(
                "PKG-BAGIT",
                opened.put("bagit.txt", "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n")
                        .zip());
    }

    @Test
    void aBagThatMustBeFetched() throws IOException {
        refused(
                "PKG-FETCH",
                opened.put("fetch.txt", "https://evil.example/x 1 data/x\n").zip());
    }

    @Test
    void anAlteredTagFile() throws IOException {
        refused("PKG-HASH", opened.put("README.ja.txt", "altered").zip());
        refused("PKG-HASH", Repacked.of(good).put("index.phr", "altered").zip());
    }

    @Test
    void aWrongOxum() throws IOException {
        String wrong = opened.text("bag-info.txt").replaceAll("Payload-Oxum: [0-9]+", "Payload-Oxum: 1");
        String name = opened.folder() + "bag-info.txt";
        opened.resealed(Providers.KEY_A);
        opened.files.put(name, wrong.getBytes(StandardCharsets.UTF_8));
        String tags = opened.text("tagmanifest-sha256.txt")
                .replaceAll("(?m)^[0-9a-f]{64}(  bag-info.txt)$", phr.fhir.Sha256.of(opened.files.get(name)) + "$1");
        refused("PKG-OXUM", opened.put("tagmanifest-sha256.txt", tags).zip());
    }

    @Test
    void aSignatureByAnotherKeyUnderAKnownName() throws IOException {
        String mine = sign(Providers.KEY_B, opened.text("tagmanifest-sha256.txt"));
        String header = opened.text("signature.jws").strip();
        String mixed = header.substring(0, header.indexOf('.')) + mine.substring(mine.indexOf('.'));
        refused("PKG-SIGNATURE", opened.put("signature.jws", mixed).zip());
    }

    @Test
    void aSignatureOverSomethingElse() throws IOException {
        refused(
                "PKG-SIGNATURE",
                opened.put("signature.jws", sign(Providers.KEY_A, "other")).zip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "a.b.c", "eyJhbGciOiJub25lIn0.."})
    void aSignatureOfNoAcceptableForm(String signature) throws IOException {
        refused("PKG-SIGNATURE", opened.put("signature.jws", signature).zip());
    }

    @Test
    void aKnownSignerThatIsNotTheProviderTheJsonNames() throws IOException {
        refused("PKG-SIGNER", opened.resealed(Providers.KEY_B).zip());
    }

    @Test
    void countsOrBytesOfPackageJsonThatDiffer() throws IOException {
        String json = opened.text("package.json");
        opened.put("package.json", json.replaceFirst("\"Observation\":[0-9]+", "\"Observation\":99"));
        refused("PKG-COUNT", opened.resealed(Providers.KEY_A).zip());
        opened.put("package.json", json.replaceFirst("\"bytes\":[0-9]+", "\"bytes\":1"));
        refused("PKG-FILES", opened.resealed(Providers.KEY_A).zip());
        opened.put("package.json", "{");
        refused("PKG-JSON", opened.resealed(Providers.KEY_A).zip());
    }

    @Test
    void aPackageIdSeenBeforeWithOtherContent() throws IOException {
        Providers.receive(good, b, spool);
        opened.put("README.ja.txt", "another readme");
        FailureException failure =
                refusedBy("PKG-SEEN", opened.resealed(Providers.KEY_A).zip());
        assertEquals(Category.CONFLICT, failure.failure().category());
    }

    private byte[] withEntry(String name) throws IOException {
        opened.files.put(name, "x".getBytes(StandardCharsets.UTF_8));
        return opened.zip();
    }

    private byte[] withMode(int mode) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            ZipArchiveEntry entry = new ZipArchiveEntry("svc_1/index.phr");
            entry.setUnixMode(mode);
            zip.putArchiveEntry(entry);
            zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        return out.toByteArray();
    }

    private static byte[] stored(String name, String content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(bytes);
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry(name);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(bytes);
            zip.closeEntry();
        }
        return out.toByteArray();
    }

    private static void replaceAll(byte[] zip, String from, String to) {
        byte[] searched = from.getBytes(StandardCharsets.US_ASCII);
        byte[] put = to.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + searched.length <= zip.length; i++) {
            if (Arrays.equals(zip, i, i + searched.length, searched, 0, searched.length)) {
                System.arraycopy(put, 0, zip, i, put.length);
            }
        }
    }

    private static String sign(phr.portability.sign.ProviderKey key, String payload) {
        return DetachedJws.sign(key, DetachedJws.PACKAGE, MemoryRecord.NOW, payload.getBytes(StandardCharsets.UTF_8));
    }

    private FailureException refused(String rule, byte[] container) {
        FailureException failure = refusedBy(rule, container);
        assertTrue(b.resources.isEmpty() && b.originals.isEmpty() && b.directives.isEmpty(), "nothing stored");
        return failure;
    }

    private FailureException refusedBy(String rule, byte[] container) {
        FailureException failure =
                assertThrows(FailureException.class, () -> Providers.receive(container, b, spool), rule);
        Issue issue = failure.failure().issues().get(0);
        assertNotNull(issue.text());
        assertEquals(rule, issue.rule());
        return failure;
    }
}
