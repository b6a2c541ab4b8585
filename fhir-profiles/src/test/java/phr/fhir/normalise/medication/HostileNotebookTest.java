package phr.fhir.normalise.medication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.hl7.fhir.r4.model.MedicationDispense;
import org.hl7.fhir.r4.model.Organization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/** Damaged and hostile notebooks give a report or a refusal, each finding with its place; never another exception. */
class HostileNotebookTest {

    private static final int ROUNDS = 500;
    /** Counts, which stand nowhere. */
    private static final Set<String> UNPLACED = Set.of("ING-2", "CDA-5.1");

    private static final byte[][] PIECES = {
        Reading.bytes("\r\n"),
        Reading.bytes(","),
        Reading.bytes(",,,,,,,,,,,,"),
        Reading.bytes("\r\n5,"),
        Reading.bytes("\r\n1,"),
        Reading.bytes("\r\nJAHISTC08,2\r\n"),
        Reading.bytes("\r\n911,20260101000000,3,2\r\n"),
        Reading.bytes("\r\n911,20260101000000,999,998"),
        Reading.bytes("\r\n201,999,薬,99999999999999999999999999999999999999999999,錠,6,1,1"),
        Reading.bytes("\r\n201,1,薬,0.00000000001,錠,4,  A  B  ,2"),
        Reading.bytes("\r\n301,1,,0,,3,2, ,1"),
        Reading.bytes("\r\n5,S000000,1"),
        Reading.bytes("\r\n31,1,x,2,  y  z  ,1"),
        Reading.bytes("\r\n3,x,99999999,R990101,1,1,4900000000017"),
        Reading.bytes("\r\n701,a,b,c,20260101,20250101,1"),
        {(byte) 0x81},
        {(byte) 0xFD, (byte) 0xFF},
        {0},
        {0x1A},
        {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
        "日本語のＵＴＦ８".getBytes(StandardCharsets.UTF_8)
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void damagedNotebooksAreReadOrRefusedWithAPlaceForEachFinding(long seed) throws IOException {
        Random random = new Random(seed);
        List<byte[]> files = originals();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] changed = files.get(random.nextInt(files.size()));
            for (int i = 0; i <= random.nextInt(4); i++) {
                changed = mutated(changed, random);
            }
            check(changed, "seed " + seed + ", round " + round);
        }
    }

    private static List<byte[]> originals() throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (String name : List.of(
                "hanako-patient-written/in.txt",
                "hanako-faults/in.txt",
                "hanako-two-dispensings-tc08/in.txt",
                "hanako-otc-ingredients/in.txt",
                "hanako-part-missing/in.txt",
                "hanako-split-in-archive/in.zip")) {
            files.add(
                    Objects.requireNonNull(HostileNotebookTest.class.getResourceAsStream("/golden/medication/" + name))
                            .readAllBytes());
        }
        return files;
    }

    private static byte[] mutated(byte[] file, Random random) {
        int at = random.nextInt(file.length);
        int end = Math.min(file.length, at + random.nextInt(40));
        return switch (random.nextInt(5)) {
            case 0 -> {
                byte[] changed = file.clone();
                changed[at] = (byte) random.nextInt(256);
                yield changed;
            }
            case 1 -> joined(Arrays.copyOf(file, at), Arrays.copyOfRange(file, end, file.length));
            case 2 ->
                joined(
                        Arrays.copyOf(file, at),
                        PIECES[random.nextInt(PIECES.length)],
                        Arrays.copyOfRange(file, at, file.length));
            case 3 -> joined(Arrays.copyOf(file, end), Arrays.copyOfRange(file, at, file.length));
            default -> lines(file, random);
        };
    }

    /** Lines in another order behind the header. */
    private static byte[] lines(byte[] file, Random random) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        List<String> lines = new ArrayList<>(List.of(text.split("\r\n", -1)));
        Collections.shuffle(lines.subList(Math.min(2, lines.size()), lines.size()), random);
        return String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray().length == 0 ? new byte[] {'J'} : all.toByteArray();
    }

    private static void check(byte[] file, String round) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                Reading reading = Reading.of(file);
                for (Issue issue : reading.issues()) {
                    boolean placed = !issue.expressions().isEmpty()
                            && issue.expressions().get(0).matches("(.* )?line [1-9]\\d*");
                    assertTrue(
                            placed || issue.entry() != null || UNPLACED.contains(issue.rule()) || wholeOriginal(issue),
                            () -> round + ": " + issue);
                }
            } catch (FailureException refused) {
                assertTrue(
                        Set.of(Category.MALFORMED, Category.TOO_LARGE)
                                .contains(refused.failure().category()),
                        round);
            } catch (RuntimeException e) {
                throw new AssertionError(round, e);
            }
        });
    }

    /** That the original is not kept is said of the file. */
    private static boolean wholeOriginal(Issue issue) {
        return issue.rule().equals("REQ-SEC-2");
    }

    @Test
    void bytesThatAreNoCharactersMakeTheirFieldUnreadableAndNothingElse() {
        byte[] file = joined(
                Reading.file("JAHISTC08,1", "5,20260310,1"),
                Reading.bytes("11,"),
                new byte[] {(byte) 0x82, (byte) 0xFF},
                Reading.bytes(",13,4,9900011,,,,1\r\n201,1,"),
                "二つの文字".getBytes(StandardCharsets.UTF_8),
                Reading.bytes(",1,錠,4,2171022F1010,1\r\n201,2,薬\u0007,1,錠,1,,1\r\n"));

        Reading reading = Reading.of(file);

        List<String> places = reading.issues().stream()
                .filter(issue -> issue.rule().equals("TC-R2"))
                .map(issue -> issue.severity() + " " + issue.expressions().get(0))
                .toList();
        assertEquals(List.of("ERROR line 4", "WARNING line 5", "ERROR line 6"), places);
        assertEquals(
                "二つの文字",
                reading.only(MedicationDispense.class)
                        .getMedicationCodeableConcept()
                        .getText());
        assertEquals(List.of(), reading.all(Organization.class));
    }

    @Test
    void textThatWasDecodedWronglyBeforeIsNoName() {
        String garbled = new String("山田薬局".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String text = "JAHISTC08,1\n" + Reading.PATIENT + "\n5,20260310,1\n11," + garbled + ",13,4,9900011,,,,1\n"
                + "15,薬師 \uFFFD郎,,1\n201,1,薬,1,錠,4,2171022F1010,1\n";

        Reading reading = Reading.of(text.getBytes(StandardCharsets.UTF_8));

        assertTrue(reading.found().containsAll(List.of("TC-R2 line 4", "TC-R2 line 5")));
        assertFalse(reading.record().toString().contains("\uFFFD"));
        assertFalse(reading.record().toString().contains(garbled));
    }

    @Test
    void findingsNeverNameAValueOfTheNotebook() {
        String secret = "HIMITSU";
        Reading reading = Reading.of(
                "JAHISTC" + secret + ",1",
                "5,20260310,1",
                secret + ",1",
                "2," + secret + "," + secret + ",1",
                "201,1," + secret + "," + secret + "," + secret + "," + secret + "," + secret + ",1",
                "301,1," + secret + "," + secret + "," + secret + "," + secret + "," + secret + "," + secret + ",1",
                "201,1," + secret + ",1,1,1,1," + secret,
                "701," + secret + "," + secret + "," + secret + "," + secret + "," + secret + ",1",
                "5," + secret + ",1");

        assertTrue(reading.issues().size() > 10);
        assertFalse(reading.issues().toString().contains(secret));
        assertFalse(reading.report().documents().toString().contains(secret));
    }

    @Test
    void aMyNumberKeepsTheOriginalOut() {
        Reading mapped = Reading.of("JAHISTC08,1", "5,20260310,1", "201,1,薬 123456789018,1,錠,1,,1");
        Reading unmapped = Reading.of("JAHISTC08,1", "5,20260310,1", "201,1,薬,1,錠,1,,1", "999,123456789018");

        for (Reading reading : List.of(mapped, unmapped)) {
            assertTrue(reading.issues().stream()
                    .anyMatch(issue -> issue.rule().equals("REQ-SEC-2")
                            && !issue.expressions().isEmpty()));
            assertFalse(reading.record().toString().contains("123456789018"));
            assertTrue(reading.documents().stream()
                    .noneMatch(document -> document.facts().type().equals("DocumentReference")));
        }
        assertEquals(
                1,
                unmapped.documents().stream()
                        .filter(document -> document.facts().type().equals("MedicationDispense"))
                        .count());
    }

    @Test
    void aHugeDispensingDoesNotGrowByItsSquare() {
        List<String> lines = new ArrayList<>(List.of("5,20260310,1"));
        for (int i = 0; i < 5_000; i++) {
            lines.add("201,1,薬" + i + ",1,錠,1,,1");
            lines.add("401,注意" + i + ",1");
            lines.add("31," + i + ",成分,1,,1");
            lines.add("281," + (i % 999 + 1) + ",補足,1");
        }

        Reading reading = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> Reading.of("JAHISTC08,1", lines.toArray(String[]::new)));

        assertTrue(reading.all(MedicationDispense.class).size() < 1000);
        assertTrue(reading.issues().size() < 1000);
    }

    @Test
    void manyDispensingsLeaveInSmallBatches() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            lines.add("5," + (2025 - i / 360)
                    + String.format(java.util.Locale.ROOT, "%02d%02d", i / 28 % 12 + 1, i % 28 + 1) + ",1");
            lines.add("201,1,薬" + i + ",1,錠,1,,1");
        }

        Reading reading = Reading.of("JAHISTC08,1", lines.toArray(String[]::new));

        assertEquals(2_000, reading.all(MedicationDispense.class).size());
        assertTrue(reading.batches().stream().allMatch(batch -> batch.drafts().size() <= 520));
    }

    @Test
    void aFileBeyondAnyNotebookIsRefused() {
        byte[] file = Arrays.copyOf(Reading.file("JAHISTC08,1"), 17 * 1024 * 1024);

        FailureException refused = assertThrows(FailureException.class, () -> Reading.of(file));

        assertEquals(Category.TOO_LARGE, refused.failure().category());
    }

    @Test
    void onlyNotebooksAreRecognised() throws IOException {
        NotebookFormat format = new NotebookFormat();
        byte[] checkup = Files.readAllBytes(Path.of(Objects.requireNonNull(
                        HostileNotebookTest.class.getResource("/golden/checkup/hanako-2025-archive/in.zip"))
                .getPath()));

        assertFalse(format.recognises(checkup));
        assertFalse(format.recognises(new byte[0]));
        assertFalse(format.recognises(Reading.bytes("name,JAHISTC08,1")));
        assertFalse(format.recognises(new byte[] {'P', 'K', 3, 4, 0, 0}));
        assertTrue(format.recognises(Reading.bytes("JAHISTC08,1")));
        assertTrue(format.recognises("\uFEFFJAHISTC08,1".getBytes(StandardCharsets.UTF_8)));
    }
}
