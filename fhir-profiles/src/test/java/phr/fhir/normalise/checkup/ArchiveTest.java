package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phr.fhir.normalise.checkup.Refusals.malformed;
import static phr.fhir.normalise.checkup.Refusals.refused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.CheckupZip;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.Fault;
import phr.fhir.fixtures.People;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.DocumentReport.Result;
import phr.fhir.normalise.Original;

/** The official ZIP, and archives that lie (checkup-cda.md §2, §5.1, §5.3). */
class ArchiveTest {

    private static final String XSD = CheckupZip.ROOT + "XSD/hc08_V08.xsd";
    private static final byte[] JUNK = "junk".getBytes(StandardCharsets.UTF_8);

    @Test
    void t07TheIndexIsReadInBothNamespaces() {
        Reading current = Reading.of(CheckupZip.of(Checkups.hanako2025()).bytes());
        Reading old =
                Reading.of(CheckupZip.of(Checkups.hanako2025()).oldNamespace().bytes());

        assertEquals(List.of(), current.issues("N-9"));
        assertEquals(List.of(), old.issues("N-9"));
        assertEquals(current.row().mapped(), old.row().mapped());
    }

    @Test
    void n9AnIndexThatCountsWronglyOrIsMissingIsAWarning() {
        assertEquals(
                1,
                Reading.of(CheckupZip.of(Checkups.hanako2025()).announcing(3).bytes())
                        .issues("N-9")
                        .size());
        assertEquals(
                1,
                Reading.of(CheckupZip.of(Checkups.hanako2025()).withoutIndex().bytes())
                        .issues("N-9")
                        .size());
    }

    @Test
    void theArchiveOfOnePersonIsKeptBesideItsDocument() {
        byte[] zip = Checkups.hanako2025().zip();
        Reading reading = Reading.of(zip);

        assertEquals(
                List.of("checkup-cda", "checkup-zip"),
                reading.originals().stream().map(Original::kind).toList());
        assertArrayEquals(zip, bytes(reading.originals().get(1)));
        assertArrayEquals(Checkups.hanako2025().xml(), bytes(reading.originals().get(0)));
    }

    @Test
    void t37OfThreePersonsOnlyTheAccountHoldersDocumentIsKept() {
        Checkup other = Checkup.of(People.RYOKO).item("9N001000000000001", "149.9");
        byte[] zip =
                CheckupZip.of(Checkups.taro2025(), Checkups.hanako2025(), other).bytes();
        Reading reading = Reading.of(zip);
        String everything = reading.ndjson() + reading.report();

        assertEquals(1, reading.originals().size());
        assertArrayEquals(Checkups.hanako2025().xml(), bytes(reading.originals().get(0)));
        assertEquals(1, reading.only(Provenance.class).getEntity().size());
        assertFalse(everything.contains("149.9"));
        assertFalse(everything.contains("78.4"));
        assertFalse(everything.contains("000001.xml"));
        assertEquals(
                2,
                reading.report().documents().stream()
                        .filter(row -> row.result() == Result.OTHER_PERSON && row.entry() == null)
                        .count());
    }

    @Test
    void anArchiveOfOneOtherPersonIsHeld() {
        Reading reading = Reading.of(Checkups.taro2025().zip());

        assertTrue(reading.report().held());
        assertEquals(List.of(), reading.drafts());
        assertEquals(
                CheckupZip.ROOT + "DATA/h13100000192025062001000001.xml",
                reading.report().contradictions().get(0).entry());
    }

    @Test
    void aConfirmedArchiveOfOnePersonIsStored() {
        Reading reading = Reading.confirmed(Checkups.taro2025().zip(), People.HANAKO.account(Reading.PERSON));

        assertEquals(6, reading.all(Observation.class).size());
        assertEquals(2, reading.originals().size());
    }

    @Test
    void anArchiveOfSeveralStrangersKeepsNothing() {
        Checkup other = Checkup.of(People.RYOKO).item("9N001000000000001", "149.9");
        Reading reading = Reading.confirmed(
                CheckupZip.of(Checkups.taro2025(), other).bytes(), People.HANAKO.account(Reading.PERSON));

        assertEquals(List.of(), reading.drafts());
        assertEquals(List.of(), reading.originals());
        assertEquals(2, reading.report().documents().size());
    }

    @Test
    void severalYearsOfOnePersonAreAllRead() {
        Reading reading = Reading.of(
                CheckupZip.of(Checkups.hanako2019(), Checkups.hanako2025()).bytes());

        assertEquals(2, reading.report().documents().size());
        assertEquals("いいえ", Reading.display(reading.observation("9N736000000000011", 1)));
        assertEquals("以前は吸っていたが、最近1ヶ月間は吸っていない", Reading.display(reading.observation("9N736000000000011", 2)));
    }

    @Test
    void n5ClaimsAreKeptAndNotMapped() {
        Reading reading =
                Reading.of(CheckupZip.of(Checkups.hanako2025()).claim().bytes());

        assertEquals(1, reading.issues("N-5").size());
        assertEquals(
                List.of(Result.ORIGINAL_ONLY, Result.MAPPED),
                reading.report().documents().stream().map(row -> row.result()).toList());
        assertEquals(List.of(), reading.issues("N-9"));
    }

    @Test
    void filesOfOperatingSystemsAndSchemasAreIgnored() {
        Reading reading = Reading.of(CheckupZip.of(Checkups.hanako2025())
                .entry("__MACOSX/._x.xml", JUNK)
                .entry(CheckupZip.ROOT + ".DS_Store", JUNK)
                .entry(XSD, "<!DOCTYPE xs:schema><x/>".getBytes(StandardCharsets.UTF_8))
                .bytes());

        assertEquals(
                Reading.of(Checkups.hanako2025().zip()).report().issues(),
                reading.report().issues());
    }

    @Test
    void otherFilesStayInTheArchiveWithARemark() {
        Reading reading = Reading.of(CheckupZip.of(Checkups.hanako2025())
                .entry(CheckupZip.ROOT + "手紙.pdf", JUNK)
                .bytes());

        assertEquals(CheckupZip.ROOT + "手紙.pdf", reading.issues("CDA-R8").get(0).entry());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.xml", "a/../../evil.xml", "/etc/evil.xml", "C:\\evil.xml", "a\\..\\evil.xml"})
    void t19AnEntryThatLeavesTheArchiveIsRefused(String name) {
        malformed(CheckupZip.of(Checkups.hanako2025()).entry(name, JUNK).bytes());
    }

    @Test
    void t19ABombIsRefusedByItsRatio() {
        byte[] zip = CheckupZip.of(Checkups.hanako2025())
                .entry(CheckupZip.ROOT + "big.bin", new byte[8 * 1024 * 1024])
                .bytes();

        refused(Category.TOO_LARGE, () -> Reading.of(zip));
    }

    @Test
    void t19CountAndSizesAreLimited() {
        Limits few = new Limits(2, 1 << 20, 1 << 20, 100, 20_000, 5_000);
        Limits small = new Limits(100, 1_000, 1 << 20, 100, 20_000, 5_000);
        Limits total = new Limits(100, 1 << 20, 20_000, 100, 20_000, 5_000);
        Limits observations = new Limits(100, 1 << 20, 1 << 20, 100, 20_000, 10);
        Limits elements = new Limits(100, 1 << 20, 1 << 20, 100, 30, 5_000);
        byte[] zip = CheckupZip.of(Checkups.hanako2025(), Checkups.hanako2019()).bytes();

        for (Limits limits : List.of(few, small, total, observations, elements)) {
            refused(
                    Category.TOO_LARGE,
                    () -> Reading.of(
                            Content.of(zip), People.HANAKO.account(Reading.PERSON), false, new CheckupFormat(limits)));
        }
    }

    @Test
    void t19ATruncatedArchiveIsRefusedWhereverItEnds() {
        byte[] zip = Checkups.hanako2025().zip();
        for (int length = 4; length < zip.length; length += 97) {
            malformed(Arrays.copyOf(zip, length));
        }
        malformed(Arrays.copyOf(zip, zip.length - 1));
    }

    @Test
    void twoEntriesOfOneNameAreRefused() {
        byte[] zip = CheckupZip.of(Checkups.hanako2025())
                .entry("aaaa1.txt", JUNK)
                .entry("aaaa2.txt", JUNK)
                .bytes();
        String text = new String(zip, StandardCharsets.ISO_8859_1).replace("aaaa2.txt", "AAAA1.txt");

        malformed(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aMyNumberInAnEntryNameIsRefused() {
        refused(
                Category.INVALID,
                () -> Reading.of(CheckupZip.of(Checkups.hanako2025())
                        .entry("123456789018.txt", JUNK)
                        .bytes()));
    }

    @Test
    void anEncryptedEntryIsRefused() {
        byte[] zip = Checkups.hanako2025().zip();
        zip[6] |= 1;

        malformed(zip);
    }

    @Test
    void anArchiveWithoutACheckupIsRefused() {
        malformed(CheckupZip.of().entry("a.txt", JUNK).bytes());
    }

    @Test
    void oneDamagedDocumentRefusesTheArchiveAndIsNamed() {
        Failure failure = malformed(
                CheckupZip.of(Checkups.hanako2019(), Checkups.hanako2025().with(Fault.CUT_OFF))
                        .bytes());

        assertEquals(
                CheckupZip.ROOT + "DATA/h13100000192025062001000002.xml",
                failure.issues().get(0).entry());
    }

    private static byte[] bytes(Original original) {
        try (var in = original.content().open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
