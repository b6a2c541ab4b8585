package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.facts.Labels;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.People;

/** Values, units and the reasons of their absence (checkup-cda.md §6.4, §7, §11). */
class ValueSemanticsTest {

    private static final String HEIGHT = "9N001000000000001";
    private static final String HBA1C = "3D046000001906202";
    private static final String LIMIT =
            "<value xsi:type=\"CD\" code=\"%s\" codeSystem=\"2.16.840.1.113883.5.83\" displayName=\"以上\"/>";

    @Test
    void t01ItemsAreKnownWithAndWithoutACodeSystem() {
        Reading without = Reading.of(Checkups.taro2025());
        Reading with = Reading.of(Checkups.taro2025().codeSystems());

        assertEquals(without.row().mapped(), with.row().mapped());
        assertEquals(6, with.row().mapped());
        assertEquals(0, with.row().notMapped());
    }

    @ParameterizedTest
    @CsvSource({"L,<=,LX", "H,>=,HX"})
    void t02BothOrdersOfTwoValuesGiveLimitAndComparator(String code, String comparator, String interpretation) {
        String number = "<value xsi:type=\"PQ\" value=\"20.0\" unit=\"%\"/>";
        String limit = String.format(LIMIT, code);
        for (List<String> values : List.of(List.of(number, limit), List.of(limit, number))) {
            Observation result =
                    read(hanako().raw(HBA1C, values.toArray(String[]::new))).observation(HBA1C);

            assertEquals(ObservationStatus.FINAL, result.getStatus());
            assertEquals(new BigDecimal("20.0"), result.getValueQuantity().getValue());
            assertEquals(comparator, result.getValueQuantity().getComparator().toCode());
            assertEquals(
                    interpretation,
                    result.getInterpretationFirstRep().getCodingFirstRep().getCode());
        }
    }

    @Test
    void t03NegationMeansNotPerformed() {
        Observation result = read(hanako().notPerformed(HEIGHT)).observation(HEIGHT);

        assertEquals(ObservationStatus.CANCELLED, result.getStatus());
        assertEquals("not-performed", absence(result));
        assertEquals("未実施", result.getDataAbsentReason().getText());
        assertFalse(result.hasValue());
    }

    @Test
    void t04NullFlavorMeansNotMeasurable() {
        Observation result = read(hanako().notMeasurable(HBA1C)).observation(HBA1C);

        assertEquals(ObservationStatus.CANCELLED, result.getStatus());
        assertEquals("error", absence(result));
        assertEquals("測定不能", result.getDataAbsentReason().getText());
    }

    @Test
    void t24OldDocumentsSayOnlyThatTheRangeWasLeft() {
        Reading reading = read(hanako().onDate("20120601").raw(HBA1C, String.format(LIMIT, "H")));
        Observation result = reading.observation(HBA1C);

        assertFalse(result.hasValue());
        assertEquals(
                "HX", result.getInterpretationFirstRep().getCodingFirstRep().getCode());
        assertTrue(result.getDataAbsentReason().hasText());
        assertEquals(1, warnings(reading, "CDA-7"));
    }

    @ParameterizedTest
    @CsvSource({
        "3A015000000406126,mg/day,mg/day,mg/d",
        "3A015000000106128,mg/g*CR,mg/g*CR,mg/g{creat}",
        "3A015000000106128,mg/g･CR,mg/g･CR,mg/g{creat}",
        "8A065000002391901,ml/min/1.73m2,ml/min/1.73m2,mL/min/{1.73_m2}",
        "8A065000002391901,ｍｌ/min/1.73m2,ｍｌ/min/1.73m2,mL/min/{1.73_m2}",
        "9N001000000000001,ｃｍ,ｃｍ,cm",
        "9A751000000000001,mmHg,mmHg,mm[Hg]",
        "9N121000000000001,拍／分,拍／分,{h`b}/min",
        "2A020000001930101,万/mm3,万/mm3,10*4/mm3",
        "9C310000000000001,ｌ,ｌ,L"
    })
    void t26TheReceivedUnitIsKeptAndTheTableGivesTheCode(String item, String sent, String unit, String code) {
        Observation result = read(hanako().quantity(item, "12", sent)).observation(item);

        assertEquals(unit, result.getValueQuantity().getUnit());
        assertEquals("http://unitsofmeasure.org", result.getValueQuantity().getSystem());
        assertEquals(code, result.getValueQuantity().getCode());
    }

    @Test
    void aUnitThatContradictsTheItemIsNotConverted() {
        Reading reading = read(hanako().quantity(HEIGHT, "1.58", "m"));
        Observation result = reading.observation(HEIGHT);

        assertEquals("m", result.getValueQuantity().getUnit());
        assertNull(result.getValueQuantity().getCode());
        assertEquals(new BigDecimal("1.58"), result.getValueQuantity().getValue());
        assertEquals(1, warnings(reading, "CDA-11"));
    }

    @Test
    void aMissingUnitIsTakenFromTheTableWithARemark() {
        Reading reading = read(hanako().quantity("9A751000000000001", "120", null));

        assertEquals(
                "mmHg",
                reading.observation("9A751000000000001").getValueQuantity().getUnit());
        assertEquals(1, reading.issues("CDA-11").size());
    }

    @Test
    void anItemWithoutUnitStaysWithoutUnit() {
        Observation result = read(hanako().item("3A016000002327102", "1.5")).observation("3A016000002327102");

        assertNull(result.getValueQuantity().getUnit());
        assertNull(result.getValueQuantity().getSystem());
    }

    @ParameterizedTest
    @CsvSource({
        "162.0,162.0",
        "0162.0,162.0",
        "+5,5",
        "-1.5,-1.5",
        "１６２．０,162.0",
        "000,0",
        "0.10,0.10",
        "−3,-3",
        " 7 ,7"
    })
    void n12NumbersAreReadInAnyWidthAndKeepTheirDecimals(String sent, String expected) {
        Observation result = read(hanako().quantity(HEIGHT, sent, "cm")).observation(HEIGHT);

        assertEquals(expected, result.getValueQuantity().getValue().toPlainString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1,200", "1.2.3", "12cm", "1e3", ".5", "<5", "0x10", "NaN", "１２／３"})
    void n12TextThatIsNoNumberIsKeptAsReasonAndNeverGuessed(String sent) {
        Reading reading = read(hanako().quantity(HEIGHT, sent, "cm"));
        Observation result = reading.observation(HEIGHT);

        assertFalse(result.hasValue());
        assertEquals("error", absence(result));
        assertTrue(result.getDataAbsentReason().getText().endsWith(sent));
        assertEquals(1, warnings(reading, "N-12"));
        assertTrue(reading.report().issues().stream()
                .noneMatch(issue -> issue.text().contains(sent)));
    }

    @Test
    void emptyTextIsNoEntry() {
        Observation result = read(hanako().item("9N081000000000049", "")).observation("9N081000000000049");

        assertEquals("unknown", absence(result));
        assertEquals("記載なし", result.getDataAbsentReason().getText());
    }

    @Test
    void textKeepsItsLineBreaks() {
        Observation result =
                read(hanako().item("9N081000000000049", "異常なし\n経過観察")).observation("9N081000000000049");

        assertEquals("異常なし\n経過観察", result.getValueStringType().getValue());
    }

    @Test
    void aValueOfAnotherTypeIsStoredAsReceivedWithAWarning() {
        Reading reading = read(hanako().raw(HEIGHT, "<value xsi:type=\"ST\">高い</value>"));

        assertEquals("高い", reading.observation(HEIGHT).getValueStringType().getValue());
        assertEquals(1, warnings(reading, "CDA-6.4"));
    }

    @Test
    void theSendersFlagIsKeptBehindTheLimitAndNeverRecomputed() {
        Observation beyond = read(hanako().beyond(HBA1C, "20.0", "H").flag("H")).observation(HBA1C);
        Observation normal = read(hanako().item("9A751000000000001", "180")
                        .flag("N")
                        .range(null, "129"))
                .observation("9A751000000000001");

        assertEquals(
                List.of("HX", "H"),
                beyond.getInterpretation().stream()
                        .map(concept -> concept.getCodingFirstRep().getCode())
                        .toList());
        assertEquals("N", normal.getInterpretationFirstRep().getCodingFirstRep().getCode());
        assertEquals(
                QuantityComparator.GREATER_OR_EQUAL, beyond.getValueQuantity().getComparator());
    }

    @Test
    void n11TheSameItemTwiceIsStoredTwice() {
        Reading reading = read(hanako().item(HEIGHT, "158.2").item(HEIGHT, "159.0"));

        assertEquals(
                "159.0",
                reading.observation(HEIGHT, 2).getValueQuantity().getValue().toPlainString());
        assertEquals(1, warnings(reading, "N-11"));
    }

    @Test
    void t31AnUnknownItemIsStoredUnderItsCodeAndCountedAsNotMapped() {
        Reading reading = read(hanako().item(Checkups.UNKNOWN_ITEM, "見本").label("追加検査"));
        Observation result = reading.observation(Checkups.UNKNOWN_ITEM);

        assertEquals("追加検査", result.getCode().getText());
        assertEquals(
                "urn:oid:1.2.392.200119.6.1005",
                result.getCode().getCodingFirstRep().getSystem());
        assertEquals(1, reading.row().notMapped());
        assertEquals(0, reading.row().mapped());
        assertEquals(Labels.UNLABELLED, reading.draftOf(Checkups.UNKNOWN_ITEM).labels());
    }

    @Test
    void aMissingAnswerListIsDefaultedOnlyWhereTheItemAlwaysHadOne() {
        Reading reading = read(hanako().answer("9N701000000000011", "1", null).answer("9N736000000000011", "2", null));

        assertEquals("はい", Reading.display(reading.observation("9N701000000000011")));
        assertNull(Reading.display(reading.observation("9N736000000000011")));
        assertNull(reading.observation("9N736000000000011")
                .getValueCodeableConcept()
                .getCodingFirstRep()
                .getSystem());
        assertEquals(1, warnings(reading, "CDA-12"));
    }

    private static Checkup hanako() {
        return Checkup.of(People.HANAKO);
    }

    private static Reading read(Checkup checkup) {
        return Reading.of(checkup);
    }

    private static String absence(Observation observation) {
        return observation.getDataAbsentReason().getCodingFirstRep().getCode();
    }

    private static long warnings(Reading reading, String rule) {
        return reading.issues(rule).stream()
                .filter(issue -> issue.severity() == Issue.Severity.WARNING)
                .count();
    }
}
