package phr.fhir.judgement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.Fhir;
import phr.fhir.jp.CheckupConcepts;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupUnits;
import phr.fhir.judgement.Judgement.Level;
import phr.fhir.judgement.Judgements.Rule;

class JudgementsTest {

    private static final BigDecimal STEP = new BigDecimal("0.1");

    static List<Rule> rules() {
        return Judgements.rules();
    }

    /** Every edge of every row, for every item of its series. */
    @ParameterizedTest
    @MethodSource("rules")
    void theEdgesAreWhereTheTableSays(Rule rule) {
        for (String item : CheckupConcepts.named(rule.concept()).orElseThrow().items()) {
            edge(rule, item, rule.guidance(), Level.GUIDANCE);
            edge(rule, item, rule.referral(), Level.REFERRAL);
        }
    }

    private static void edge(Rule rule, String item, @Nullable BigDecimal threshold, Level level) {
        if (threshold == null) {
            return;
        }
        BigDecimal inward = rule.side() == Side.AT_LEAST ? STEP.negate() : STEP;
        boolean included = rule.side() != Side.BELOW;
        assertEquals(included, reaches(rule, item, threshold, level), item + " at the edge");
        assertTrue(reaches(rule, item, threshold.subtract(inward), level), item + " beyond");
        assertTrue(!reaches(rule, item, threshold.add(inward), level), item + " before");
    }

    private static boolean reaches(Rule rule, String item, BigDecimal value, Level level) {
        Observation result = result(item, value, rule.unit(), rule.from().toString());
        return Judgements.of(result, gender(rule))
                .filter(judgement -> judgement.level().compareTo(level) >= 0)
                .isPresent();
    }

    /** The units of the table are those of its items, so that no row is idle. */
    @ParameterizedTest
    @MethodSource("rules")
    void theUnitOfARowIsTheUnitOfItsItems(Rule rule) {
        for (String code : CheckupConcepts.named(rule.concept()).orElseThrow().items()) {
            CheckupItem item = CheckupItems.find(code).orElseThrow();
            assertEquals(rule.unit(), CheckupUnits.ucum(String.valueOf(item.xmlUnit())), code);
        }
    }

    @Test
    void atMostOneRowHoldsOnAnyDay() {
        Set<String> open = new HashSet<>();
        for (Rule rule : rules()) {
            assertTrue(open.add(rule.concept() + rule.sex() + rule.version()), rule.toString());
            assertTrue(rule.to() == null || rule.to().isAfter(rule.from()));
        }
    }

    @ParameterizedTest
    @CsvSource({"2018-03-31, ''", "2018-04-01, hc18", "2024-03-31, hc18", "2024-04-01, hc24", "2031-01-01, hc24"})
    void theTableInForceOnTheDayOfTheCheckupCounts(String day, String version) {
        Optional<Judgement> judgement = of("9A751000000000001", "150", "mm[Hg]", day);
        assertEquals(version, judgement.map(Judgement::version).orElse(""));
    }

    @Test
    void haemoglobinNeedsTheSexOfThePerson() {
        Observation result = result("2A030000001930101", new BigDecimal("12.5"), "g/dL", "2025-06-02");
        assertEquals(
                Level.GUIDANCE,
                Judgements.of(result, AdministrativeGender.MALE).orElseThrow().level());
        assertTrue(Judgements.of(result, AdministrativeGender.FEMALE).isEmpty());
        assertTrue(Judgements.of(result, null).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "3D046000001906202, >=, 20.0, '%', REFERRAL", "3D046000001906202, <=, 4.0, '%', ''",
        "3F070000002327101, <=, 20, mg/dL, GUIDANCE", "3F070000002327101, >=, 20, mg/dL, ''"
    })
    void aResultBeyondTheMeasurableRangeTellsOneSideOnly(
            String item, String comparator, String value, String unit, String level) {
        Observation result = result(item, new BigDecimal(value), unit, "2025-06-02");
        result.getValueQuantity().setComparator(QuantityComparator.fromCode(comparator));
        assertEquals(
                level,
                Judgements.of(result, null)
                        .map(judgement -> judgement.level().name())
                        .orElse(""));
    }

    @Test
    void whatCannotBeComparedHasNoThreshold() {
        assertTrue(of("9A751000000000001", "150", "kPa", "2025-06-02").isEmpty());
        assertTrue(of("9N001000000000001", "150", "cm", "2025-06-02").isEmpty());
        assertTrue(of("9A751000000000001", "150", "mm[Hg]", "2025-06").isEmpty());
        Observation cancelled = result("9A751000000000001", new BigDecimal("150"), "mm[Hg]", "2025-06-02");
        assertTrue(Judgements.of(cancelled.setStatus(ObservationStatus.CANCELLED), null)
                .isEmpty());
        assertTrue(Judgements.of(new Observation(), null).isEmpty());
    }

    @Test
    void theResultStaysAsItWasSent() {
        Observation result = result("9A751000000000001", new BigDecimal("150"), "mm[Hg]", "2025-06-02");
        String before = Fhir.json().encodeResourceToString(result);
        Judgement judgement = Judgements.of(result, null).orElseThrow();
        assertEquals(before, Fhir.json().encodeResourceToString(result));
        assertTrue(result.getInterpretation().isEmpty());
        assertEquals(new BigDecimal("140"), judgement.threshold());
    }

    private static @Nullable AdministrativeGender gender(Rule rule) {
        return rule.sex().equals("1") ? AdministrativeGender.MALE : AdministrativeGender.FEMALE;
    }

    private static Optional<Judgement> of(String item, String value, String unit, String day) {
        return Judgements.of(result(item, new BigDecimal(value), unit, day), null);
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
