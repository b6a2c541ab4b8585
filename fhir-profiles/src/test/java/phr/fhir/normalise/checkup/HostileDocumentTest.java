package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phr.fhir.normalise.checkup.Refusals.malformed;
import static phr.fhir.normalise.checkup.Refusals.refused;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.CheckupZip;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.Claims;
import phr.fhir.fixtures.Fault;
import phr.fhir.fixtures.People;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.DocumentReport.Result;

/** Documents that must be refused, and those of which only the original is kept (checkup-cda.md §5.3). */
class HostileDocumentTest {

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"DOCTYPE", "EXTERNAL_ENTITY", "BILLION_LAUGHS", "CUT_OFF"})
    void t19HostileOrBrokenXmlIsRefusedWithItsLine(Fault fault) {
        byte[] xml = Checkups.hanako2025().with(fault).xml();

        Failure alone = malformed(xml);
        Failure packed = malformed(Checkups.hanako2025().with(fault).zip());

        assertTrue(alone.issues().get(0).expressions().get(0).startsWith("line "));
        assertEquals(
                CheckupZip.ROOT + "DATA/h13100000192025062001000001.xml",
                packed.issues().get(0).entry());
    }

    @Test
    void anUndefinedEntityIsRefused() {
        malformed(Checkups.hanako2025()
                .replacing("<text/>", "<text>&secret;</text>")
                .xml());
    }

    @Test
    void elementsThatNestWithoutEndAreRefused() {
        malformed(Checkups.hanako2025()
                .replacing("<text/>", "<text>" + "<a>".repeat(50_000) + "</a>".repeat(50_000) + "</text>")
                .xml());
    }

    @Test
    void aHugeDocumentIsTooLarge() {
        String filler = "<!--" + "x".repeat(17 * 1024 * 1024) + "-->";

        refused(
                Category.TOO_LARGE,
                () -> Reading.of(
                        Checkups.hanako2025().replacing("<text/>", filler).xml()));
    }

    @Test
    void moreElementsThanAnyHeaderNeedsAreTooMany() {
        String authors = "<realmCode code=\"JP\"/>".repeat(30_000);

        refused(
                Category.TOO_LARGE,
                () -> Reading.of(Checkups.hanako2025()
                        .replacing("<typeId", authors + "<typeId")
                        .xml()));
    }

    @Test
    void t39ShiftJisWithCircledNumbersAndVariantKanjiIsReadUnchanged() {
        Checkup checkup =
                Checkup.of(People.RYOKO).item("9N081000000000049", "①聴診で髙音の雑音").shiftJis();

        Reading reading = Reading.of(checkup);

        assertEquals(
                "①聴診で髙音の雑音",
                reading.observation("9N081000000000049").getValueStringType().getValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shift_JIS", "shift_jis", "SJIS", "Windows-31J", "MS932"})
    void t39EveryNameOfShiftJisMeansWindows31J(String name) {
        String text = Checkup.of(People.RYOKO)
                .item("9N081000000000049", "①")
                .text()
                .replace("encoding=\"UTF-8\"", "encoding=\"" + name + "\"");

        Reading reading =
                Reading.of(text.getBytes(Charset.forName("windows-31j")), People.RYOKO.account(Reading.PERSON));

        assertEquals(
                "①",
                reading.observation("9N081000000000049").getValueStringType().getValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "EUC-JP", "ISO-2022-JP"})
    void otherDeclaredEncodingsAreReadToo(String name) {
        String text = Checkups.hanako2019().text().replace("encoding=\"UTF-8\"", "encoding=\"" + name + "\"");

        assertEquals(8, Reading.of(text.getBytes(Charset.forName(name))).row().mapped());
    }

    @Test
    void aByteOrderMarkIsNotPartOfTheDocument() {
        assertEquals(
                8,
                Reading.of(("\uFEFF" + Checkups.hanako2019().text()).getBytes(StandardCharsets.UTF_8))
                        .row()
                        .mapped());
    }

    @Test
    void t39BytesThatAreIllegalInTheDeclaredEncodingAreRefused() {
        byte[] jis = Checkups.hanako2025().shiftJis().xml();
        byte[] broken = jis.clone();
        broken[new String(jis, StandardCharsets.ISO_8859_1).indexOf("<name>") + 6] = (byte) 0xFD;
        byte[] undeclared = Checkups.hanako2025()
                .text()
                .replace(" encoding=\"UTF-8\"", "")
                .getBytes(Charset.forName("windows-31j"));

        assertEquals("CDA-5.3", malformed(broken).issues().get(0).rule());
        assertEquals("CDA-5.3", malformed(undeclared).issues().get(0).rule());
        malformed(Checkups.hanako2025()
                .text()
                .replace("encoding=\"UTF-8\"", "encoding=\"no-such\"")
                .getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"19", "49", "69", "79", "89"})
    void t11DeletionRequestsNeverBecomeData(String category) {
        Reading reading = Reading.of(Checkups.hanako2025().category(category));

        assertOriginalOnly(reading, "CDA-R9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"21", "22", "23", "24", "25"})
    void guidanceReportsAreKeptAsOriginals(String category) {
        assertOriginalOnly(Reading.of(Checkups.hanako2025().category(category)), "CDA-4.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20251301", "20250231", "2025", "2025/06/02", "", "today"})
    void withoutACheckupDateThereAreNoResults(String date) {
        assertOriginalOnly(Reading.of(Checkups.hanako2025().onDate(date)), "CDA-5");
    }

    @Test
    void aMissingCheckupDateIsAnErrorAndTheOriginalIsKept() {
        assertOriginalOnly(Reading.of(Checkups.hanako2025().with(Fault.NO_CHECKUP_DATE)), "CDA-5");
    }

    @Test
    void n5AClaimAloneIsRefusedAsAResultAndKept() {
        assertOriginalOnly(Reading.of(Claims.of(People.HANAKO)), "N-5");
        assertTrue(Reading.of(Claims.of(People.TARO)).report().held());
    }

    @Test
    void anIndexAloneIsNoCheckup() {
        malformed(CheckupZip.of().index().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void junkIsNotRecognised() {
        byte[] junk = new byte[1 << 20];
        new Random(1).nextBytes(junk);

        assertFalse(new CheckupFormat().recognises(junk));
        assertFalse(new CheckupFormat().recognises(new byte[0]));
        refused(
                Category.MALFORMED,
                () -> Reading.of(Content.of(junk), People.HANAKO.account(Reading.PERSON), false, new CheckupFormat()));
    }

    private static void assertOriginalOnly(Reading reading, String rule) {
        assertEquals(1, reading.issues(rule).size());
        assertEquals(Result.ORIGINAL_ONLY, reading.row().result());
        assertEquals(1, reading.originals().size());
        assertEquals(
                "[DocumentReference, Provenance]",
                reading.drafts().stream()
                        .map(draft -> draft.resource().fhirType())
                        .toList()
                        .toString());
    }
}
