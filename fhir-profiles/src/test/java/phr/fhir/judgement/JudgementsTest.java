package phr.fhir.judgement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.Fhir;
import phr.fhir.jp.CheckupConcepts;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupUnits;
import phr.fhir.judgement.Judgement.Outcome;
import phr.fhir.judgement.Judgement.Reason;
import phr.fhir.judgement.Side.Answer;

class JudgementsTest {

    private static final BigDecimal STEP = new BigDecimal("0.1");

    static List<Thresholds> table() {
        return Judgements.table();
    }

    /** Every edge of every row, for every item of its series. */
    @ParameterizedTest
    @MethodSource("table")
    void theEdgesAreWhereTheTableSays(Thresholds row) {
        for (String item : CheckupConcepts.named(row.concept()).orElseThrow().items()) {
            edge(row, item, row.guidance(), Outcome.GUIDANCE);
            edge(row, item, row.referral(), Outcome.REFERRAL);
        }
    }

    private static void edge(Thresholds row, String item, @Nullable BigDecimal threshold, Outcome outcome) {
        if (threshold == null) {
            return;
        }
        BigDecimal inward = row.side() == Side.AT_LEAST ? STEP.negate() : STEP;
        boolean included = row.side() != Side.BELOW;
        assertEquals(included, reaches(row, item, threshold, outcome), item + " at the edge");
        assertTrue(reaches(row, item, threshold.subtract(inward), outcome), item + " beyond");
        assertTrue(!reaches(row, item, threshold.add(inward), outcome), item + " before");
    }

    private static boolean reaches(Thresholds row, String item, BigDecimal value, Outcome outcome) {
        Judgement judgement = Judgements.of(
                        result(item, value, row.unit(), row.from().toString()), row::sex)
                .orElseThrow();
        assertNull(judgement.reason());
        assertEquals(row, judgement.thresholds());
        return judgement.outcome().compareTo(outcome) <= 0;
    }

    /** The units of the table are those of its items, so that no row is idle. */
    @ParameterizedTest
    @MethodSource("table")
    void theUnitOfARowIsTheUnitOfItsItems(Thresholds row) {
        for (String code : CheckupConcepts.named(row.concept()).orElseThrow().items()) {
            CheckupItem item = CheckupItems.find(code).orElseThrow();
            assertEquals(row.unit(), CheckupUnits.ucum(String.valueOf(item.xmlUnit())), code);
            assertTrue(Judgements.items().contains(code), code);
        }
    }

    @Test
    void atMostOneRowHoldsOnAnyDay() {
        Set<String> open = new HashSet<>();
        for (Thresholds row : table()) {
            assertTrue(open.add(row.concept() + row.sex() + row.version()), row.toString());
            assertTrue(row.to() == null || row.to().isAfter(row.from()));
        }
    }

    @ParameterizedTest
    @CsvSource({"2018-03-31, ''", "2018-04-01, hc18", "2024-03-31, hc18", "2024-04-01, hc24", "2031-01-01, hc24"})
    void theTableInForceOnTheDayOfTheCheckupCounts(String day, String version) {
        Judgement judgement = of("9A751000000000001", "150", "mm[Hg]", day);
        assertEquals(
                version,
                Optional.ofNullable(judgement.thresholds())
                        .map(Thresholds::version)
                        .orElse(""));
        assertEquals(version.isEmpty() ? Reason.TABLE : null, judgement.reason());
    }

    @Test
    void haemoglobinNeedsTheSexOfThePersonAndIsNotGuessedWithoutIt() {
        Observation result = result("2A030000001930101", new BigDecimal("12.5"), "g/dL", "2025-06-02");
        assertEquals(Outcome.GUIDANCE, of(result, AdministrativeGender.MALE).outcome());
        assertEquals(Outcome.NONE, of(result, AdministrativeGender.FEMALE).outcome());
        for (AdministrativeGender unknown :
                new AdministrativeGender[] {null, AdministrativeGender.OTHER, AdministrativeGender.UNKNOWN}) {
            assertEquals(Reason.SEX, of(result, unknown).reason());
            assertNull(of(result, unknown).thresholds());
        }
    }

    /** Whoever reads no haemoglobin learns nothing of the person's sex, so it is not even asked for. */
    @Test
    void theSexIsAskedForOnlyWhereItMatters() {
        Observation result = result("9A751000000000001", new BigDecimal("150"), "mm[Hg]", "2025-06-02");
        assertEquals(
                Outcome.REFERRAL,
                Judgements.of(result, () -> fail("nobody asked")).orElseThrow().outcome());
    }

    @ParameterizedTest
    @CsvSource({
        "3D046000001906202, >=, 20.0, '%', REFERRAL, ", "3D046000001906202, >=, 6.5, '%', REFERRAL, ",
        "3D046000001906202, >=, 6.4, '%', UNDECIDED, RANGE", "3D046000001906202, <=, 4.0, '%', NONE, ",
        "3D046000001906202, <=, 5.6, '%', UNDECIDED, RANGE", "3D046000001906202, <, 5.6, '%', NONE, ",
        "3F070000002327101, <=, 20, mg/dL, GUIDANCE, ", "3F070000002327101, <, 40, mg/dL, GUIDANCE, ",
        "3F070000002327101, <=, 40, mg/dL, UNDECIDED, RANGE", "3F070000002327101, >=, 20, mg/dL, UNDECIDED, RANGE",
        "3F070000002327101, >=, 40, mg/dL, NONE, "
    })
    void aResultBeyondTheMeasurableRangeIsDecidedWhereAllItCanBeLiesOnOneSide(
            String item, String comparator, String value, String unit, Outcome outcome, @Nullable Reason reason) {
        Observation result = result(item, new BigDecimal(value), unit, "2025-06-02");
        result.getValueQuantity().setComparator(QuantityComparator.fromCode(comparator));
        assertEquals(outcome, of(result, null).outcome());
        assertEquals(reason, of(result, null).reason());
    }

    /** What a comparator leaves open is told by trying values that it allows. */
    @ParameterizedTest
    @EnumSource(Side.class)
    void anAnswerHoldsForEveryValueThatTheComparatorAllows(Side side) {
        for (int limit = 8; limit <= 12; limit++) {
            for (String comparator : List.of("<", "<=", ">=", ">")) {
                Set<Answer> possible = new HashSet<>();
                for (int halves = 0; halves <= 40; halves++) {
                    if (allows(comparator, halves, 2 * limit)) {
                        possible.add(side.reached(BigDecimal.valueOf(halves), "", BigDecimal.valueOf(20)));
                    }
                }
                Answer expected = possible.size() == 1 ? possible.iterator().next() : Answer.OPEN;
                assertEquals(
                        expected,
                        side.reached(BigDecimal.valueOf(2L * limit), comparator, BigDecimal.valueOf(20)),
                        side + " " + comparator + limit);
            }
        }
    }

    private static boolean allows(String comparator, int value, int limit) {
        return switch (comparator) {
            case "<" -> value < limit;
            case "<=" -> value <= limit;
            case ">=" -> value >= limit;
            default -> value > limit;
        };
    }

    @Test
    void whatCannotBeComparedSaysWhy() {
        assertEquals(
                Reason.UNIT, of("9A751000000000001", "150", "kPa", "2025-06-02").reason());
        assertEquals(
                Reason.DAY, of("9A751000000000001", "150", "mm[Hg]", "2025-06").reason());
    }

    @Test
    void whatIsNoResultHasNoJudgement() {
        assertTrue(Judgements.of(result("9N001000000000001", BigDecimal.TEN, "cm", "2025-06-02"), () -> null)
                .isEmpty());
        Observation cancelled = result("9A751000000000001", new BigDecimal("150"), "mm[Hg]", "2025-06-02");
        assertTrue(Judgements.of(cancelled.setStatus(ObservationStatus.CANCELLED), () -> null)
                .isEmpty());
        assertTrue(Judgements.of(cancelled.setStatus(ObservationStatus.ENTEREDINERROR), () -> null)
                .isEmpty());
        assertTrue(Judgements.of(new Observation(), () -> null).isEmpty());
    }

    @Test
    void theResultStaysAsItWasSent() {
        Observation result = result("9A751000000000001", new BigDecimal("150"), "mm[Hg]", "2025-06-02");
        String before = Fhir.json().encodeResourceToString(result);
        assertEquals(Outcome.REFERRAL, of(result, null).outcome());
        assertEquals(before, Fhir.json().encodeResourceToString(result));
        assertTrue(result.getInterpretation().isEmpty());
    }

    private static Judgement of(String item, String value, String unit, String day) {
        return of(result(item, new BigDecimal(value), unit, day), null);
    }

    private static Judgement of(Observation result, @Nullable AdministrativeGender sex) {
        return Judgements.of(result, () -> sex).orElseThrow();
    }

    private static Observation result(String item, BigDecimal value, String unit, String day) {
        Observation result = new Observation();
        result.setStatus(ObservationStatus.FINAL);
        result.setCode(new CodeableConcept(new Coding("urn:oid:1.2.392.200119.6.1005", item, null)));
        result.setEffective(new DateTimeType(day));
        result.setValue(new Quantity().setValue(value).setUnit(unit).setCode(unit));
        return result;
    }
}
