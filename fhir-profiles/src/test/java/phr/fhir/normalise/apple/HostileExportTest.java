package phr.fhir.normalise.apple;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.AppleExports;

/** Damaged, lying and malicious exports: a located finding each, and never a value in it. */
class HostileExportTest {

    private static final String EXPORT = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<HealthData>\n"
            + AppleDefectsTest.steps("10:00:00", "10:05:00", "watch", 40) + "</HealthData>\n";

    @Test
    void anEntityBombIsRefusedAtOnce() {
        FailureException refused = refused(bomb().getBytes(UTF_8));

        assertEquals(Category.MALFORMED, refused.failure().category());
        assertTrue(refused.failure().issues().get(0).text().contains("entities"));
    }

    private static String bomb() {
        StringBuilder entities = new StringBuilder("<!ENTITY a0 \"lol\">");
        for (int i = 1; i < 20; i++) {
            entities.append("<!ENTITY a").append(i).append(" \"");
            entities.append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
        }
        return "<?xml version=\"1.0\"?><!DOCTYPE HealthData [" + entities + "]><HealthData>&a19;</HealthData>";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<HealthData><Record",
                "<HealthData><Record type=\"a\" sourceName=\"<\"/></HealthData>",
                "<HealthData></Record></HealthData>",
                "<HealthData><A><B></A></B></HealthData>",
                "<HealthData",
                "<HealthData>",
                "<!DOCTYPE HealthData [",
                "<!DOCTYPE HealthData [ <!-- ]> --> <HealthData/>",
                "<ClinicalDocument/>",
                "<?xml version=\"1.0\" encoding=\"UTF-16\"?><HealthData/>",
                "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><HealthData/>",
                "<HealthData><!-- ",
                "<HealthData><Record type='a",
                "HealthData"
            })
    void whatIsNoExportIsRefusedOrSaid(String xml) throws IOException {
        byte[] bytes = xml.getBytes(UTF_8);
        assertLocated(bytes);
    }

    @Test
    void anotherEncodingIsNotGuessed() {
        assertEquals(
                Category.MALFORMED,
                refused(EXPORT.getBytes(StandardCharsets.UTF_16LE)).failure().category());
    }

    @Test
    void aFileThatBreaksOffKeepsWhatStoodBefore() throws IOException {
        String whole = new String(AppleExports.xml(3, 500), UTF_8);

        Taken taken = Taken.of(whole.substring(0, whole.length() / 2).getBytes(UTF_8));

        assertTrue(taken.samples().size() > 100);
        assertTrue(taken.report().issues().stream()
                .anyMatch(issue ->
                        issue.rule().equals("XML-1") && !issue.expressions().isEmpty()));
    }

    @Test
    void aTagWithoutEndDoesNotFillTheMemory() {
        String xml = "<HealthData><Record type=\"" + "x".repeat(5_000_000) + "\"/></HealthData>";

        assertEquals(Category.TOO_LARGE, refused(xml.getBytes(UTF_8)).failure().category());
    }

    @Test
    void aMyNumberInANameKeepsTheOriginalOut() throws IOException {
        Taken taken = Taken.of(EXPORT.replace("sourceName=\"watch\"", "sourceName=\"123456789018\"")
                .getBytes(UTF_8));

        assertTrue(taken.rules().contains("REQ-SEC-2"));
        assertEquals(List.of(), taken.originals());
        assertTrue(taken.lines().stream().noneMatch(line -> line.contains("123456789018")));
    }

    @Test
    void aMyNumberInMetadataKeepsTheOriginalOut() throws IOException {
        Taken taken = Taken.of(EXPORT.replace(
                        "/>\n</HealthData>",
                        "><MetadataEntry key=\"note\" value=\"1234 5678 9018\"/></Record></HealthData>")
                .getBytes(UTF_8));

        assertTrue(taken.rules().contains("REQ-SEC-2"));
        assertEquals(List.of(), taken.originals());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"123456789018", "1e999999999", "-0", "NaN", "0x10", "９９", "1,5", "", " ", "999999999999999999999"
            })
    void anAbsurdValueIsNoReasonToStop(String value) throws IOException {
        Taken taken = Taken.of(
                EXPORT.replace("value=\"40\"", "value=\"" + value + "\"").getBytes(UTF_8));

        assertEquals(1, taken.row().read());
        assertTrue(taken.issues().stream().noneMatch(issue -> value.length() > 4 && issue.contains(value)));
    }

    @Test
    void bytesThatAreNoUtf8CostOneRecordOnly() throws IOException {
        byte[] bytes = (EXPORT.replace("watch\"", "w\u0001tch\"")
                        .replace(
                                "</HealthData>",
                                AppleDefectsTest.steps("11:00:00", "11:05:00", "watch", 3) + "</HealthData>"))
                .getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == 1 ? (byte) 0x82 : bytes[i];
        }

        Taken taken = Taken.of(bytes);

        assertEquals(1, taken.samples().size());
        assertTrue(taken.rules().contains("APL-13"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Workout workoutActivityType=\"&w;\" sourceName=\"watch\"/>",
                "<Workout workoutActivityType=\"Running\" sourceName=\"watch\"><WorkoutStatistics type=\"&w;\"><a/>"
                        + "</WorkoutStatistics><MetadataEntry key=\"a\" value=\"b\"/></Workout>",
                "<Workout sourceName=\"watch\" device=\"&w;\"><MetadataEntry key=\"HKTimeZone\" value=\"&w;\"/></Workout>",
                "<Correlation type=\"&w;\"><Record type=\"x\"/></Correlation>",
                "<ActivitySummary dateComponents=\"&w;\"/>"
            })
    void anUnreadableTextCostsItsElementOnly(String element) throws IOException {
        Taken taken = Taken.of(EXPORT.replace(
                        "</HealthData>",
                        element + AppleDefectsTest.steps("11:00:00", "11:05:00", "watch", 3) + "</HealthData>")
                .getBytes(UTF_8));

        assertEquals(2, taken.samples().size());
        assertTrue(taken.rules().contains("APL-13"));
    }

    @Test
    void storedDeflatedAndStreamedArchivesAreRead() throws IOException {
        for (byte[] archive : List.of(zip("export.xml", false), zip("書き出したデータ.xml", true), zip64(EXPORT))) {
            assertTrue(new AppleFormat().recognises(archive));
            assertEquals(1, Taken.of(archive).samples().size());
        }
    }

    @Test
    void localHeadersAreNotTrusted() throws IOException {
        byte[] archive = zip("apple_health_export/export.xml", true);
        ByteBuffer local = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        local.putInt(14, 7).putInt(18, 3).putInt(22, 5).putShort(8, (short) 99);

        assertEquals(1, Taken.of(archive).samples().size());
    }

    @Test
    void anArchiveWithoutExportIsRefused() throws IOException {
        byte[] archive = archive("apple_health_export/other.xml", "<Other/>".getBytes(UTF_8), false);

        assertEquals("APL-16", refused(archive).failure().issues().get(0).rule());
    }

    @Test
    void aDamagedArchiveIsRefusedOrSaid() throws IOException {
        byte[] archive = zip("apple_health_export/export.xml", false);
        for (int cut = 5; cut < archive.length; cut += 7) {
            assertLocated(Arrays.copyOf(archive, cut));
        }
    }

    @Test
    void aBombInAnArchiveIsRefused() throws IOException {
        byte[] huge = new byte[40 * 1024 * 1024];
        Arrays.fill(huge, (byte) ' ');
        byte[] start = "<HealthData>".getBytes(UTF_8);
        System.arraycopy(start, 0, huge, 0, start.length);

        assertEquals(
                Category.TOO_LARGE,
                refused(archive("apple_health_export/export.xml", huge, false))
                        .failure()
                        .category());
    }

    @Test
    void mutatedExportsNeverFailWithoutAPlace() throws IOException {
        long seed = 20260301;
        Random random = new Random(seed);
        byte[] xml = AppleExports.xml(seed, 60);
        byte[] zip = AppleExports.zip(seed, 60, 2);
        for (int i = 0; i < 150; i++) {
            byte[] mutated = (i % 2 == 0 ? xml : zip).clone();
            for (int n = random.nextInt(6); n >= 0; n--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            assertLocated(random.nextInt(4) == 0 ? Arrays.copyOf(mutated, random.nextInt(mutated.length)) : mutated);
        }
    }

    /** Either it is read, or refused with findings; nothing else ever comes out. */
    private static void assertLocated(byte[] bytes) throws IOException {
        try {
            Taken.of(bytes);
        } catch (FailureException e) {
            List<Issue> issues = e.failure().issues();
            assertFalse(issues.isEmpty());
            assertTrue(
                    e.failure().category() == Category.MALFORMED || e.failure().category() == Category.TOO_LARGE);
        }
    }

    private static FailureException refused(byte[] bytes) {
        return assertThrows(FailureException.class, () -> Taken.of(bytes));
    }

    private static byte[] zip(String name, boolean streamed) throws IOException {
        return archive(name, EXPORT.getBytes(UTF_8), !streamed);
    }

    private static byte[] archive(String name, byte[] content, boolean stored) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, UTF_8)) {
            ZipEntry entry = new ZipEntry(name);
            if (stored) {
                CRC32 crc = new CRC32();
                crc.update(content);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.length);
                entry.setCrc(crc.getValue());
            }
            zip.putNextEntry(entry);
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    /** One stored entry whose sizes and positions stand in 64-bit records only. */
    private static byte[] zip64(String content) {
        byte[] data = content.getBytes(UTF_8);
        byte[] name = "export.xml".getBytes(UTF_8);
        CRC32 crc = new CRC32();
        crc.update(data);
        ByteBuffer zip = ByteBuffer.allocate(data.length + 400).order(ByteOrder.LITTLE_ENDIAN);
        zip.putInt(0x04034b50)
                .putShort((short) 45)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0);
        zip.putInt((int) crc.getValue())
                .putInt(-1)
                .putInt(-1)
                .putShort((short) name.length)
                .putShort((short) 20);
        zip.put(name)
                .putShort((short) 1)
                .putShort((short) 16)
                .putLong(data.length)
                .putLong(data.length)
                .put(data);
        int central = zip.position();
        zip.putInt(0x02014b50)
                .putShort((short) 45)
                .putShort((short) 45)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0);
        zip.putInt((int) crc.getValue())
                .putInt(-1)
                .putInt(-1)
                .putShort((short) name.length)
                .putShort((short) 28);
        zip.putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt(-1)
                .put(name);
        zip.putShort((short) 1)
                .putShort((short) 24)
                .putLong(data.length)
                .putLong(data.length)
                .putLong(0);
        int end = zip.position();
        zip.putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0);
        zip.putLong(1).putLong(1).putLong(end - central).putLong(central);
        zip.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        zip.putInt(0x06054b50)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) -1)
                .putShort((short) -1);
        zip.putInt(-1).putInt(-1).putShort((short) 0);
        return Arrays.copyOf(zip.array(), zip.position());
    }
}
