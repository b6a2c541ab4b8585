package phr.fhir.jp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.jp.CheckupConcepts.Concept;

/** What a trend line joins, over the whole item table (checkup-cda.md §9). */
class CheckupConceptsTest {

    /** ALP by JSCC, by IFCC and by another method are not comparable. */
    private static final Set<String> METHOD_MATTERS = Set.of("3B0700000");

    @Test
    void everyItemIsInExactlyOneSeries() {
        Map<String, String> seen = new HashMap<>();
        for (CheckupItem item : CheckupItems.all()) {
            Concept concept = CheckupConcepts.of(item.code()).orElseThrow();
            assertTrue(concept.items().contains(item.code()), item.code());
            concept.items().forEach(code -> {
                String other = seen.putIfAbsent(code, concept.code());
                assertTrue(other == null || other.equals(concept.code()), code);
            });
        }
        assertEquals(CheckupItems.all().size(), seen.size());
    }

    @Test
    void itemsOfOneSeriesAgreeInTypeUnitAndAnswers() {
        for (Concept concept : CheckupConcepts.all()) {
            Set<String> kinds = concept.items().stream()
                    .map(code -> CheckupItems.find(code).orElseThrow())
                    .map(item -> item.type() + " " + item.xmlUnit() + " "
                            + item.in(Generation.FY2024)
                                    .map(ItemCoding::answerOid)
                                    .orElse("") + " "
                            + item.code().substring(15))
                    .collect(Collectors.toSet());
            // the two digits at the end of a code tell the kind of result: mg/L, mg/g·Cr, mg/day
            assertEquals(1, kinds.size(), concept.code() + " " + kinds);
        }
    }

    /** The same analyte, identification and kind of result in one unit is one quantity, whatever the method. */
    @Test
    void whatDiffersInTheMethodOnlyIsJoined() {
        Map<String, Set<String>> series = new HashMap<>();
        for (CheckupItem item : CheckupItems.all()) {
            if (item.type() != ValueType.ST
                    && !METHOD_MATTERS.contains(item.code().substring(0, 9))) {
                String quantity = item.code().substring(0, 9) + item.code().substring(15) + item.xmlUnit();
                series.computeIfAbsent(quantity, none -> new HashSet<>())
                        .add(CheckupConcepts.of(item.code()).orElseThrow().code());
            }
        }
        series.forEach((quantity, concepts) -> assertEquals(1, concepts.size(), quantity + " " + concepts));
        assertFalse(series.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "3F015000002327101, 3F015129902327101, triglycerides fasting and casual",
        "3D010000001926101, 3D010129901926101, glucose fasting and casual",
        "3A015000002327101, 3A015000000106101, albumin of serum and urine",
        "3A015000000106101, 3A015000000106128, albumin per litre and per creatinine",
        "3A015000000106128, 3A015000000406126, albumin per creatinine and per day",
        "3B070000002327101, 3B070000002327501, ALP by JSCC and IFCC",
        "3B070000002327501, 3B070000002399901, ALP by IFCC and by another method",
        "3C015000002327101, 3C015161602399911, creatinine and who has to have it measured",
        "3F077000002327101, 3F069000002391901, LDL and non-HDL",
        "9N016160100000001, 9N021000000000001, waist and visceral fat area",
        "9E160162100000001, 9E160162200000001, eyesight right and left",
        "9E160162100000001, 9E160162500000001, eyesight with and without glasses",
        "9E105162100000001, 9E105162200000001, eye pressure right and left",
        "9D100163100000011, 9D100163500000011, hearing right and left",
        "9D100163100000011, 9D100163200000011, hearing at 1000 and 4000 Hz",
        "9A755000000000001, 9A765000000000001, systolic and diastolic pressure",
        "5F360149502399811, 5F360150002399811, hepatitis C antibody and antigen",
        "9N206160700000011, 9N221160700000011, direct and indirect X-ray"
    })
    void whatMustStayApartIsNeverJoined(String one, String other, String why) {
        assertNotEquals(
                CheckupConcepts.of(one).orElseThrow(), CheckupConcepts.of(other).orElseThrow(), why);
    }

    @ParameterizedTest
    @CsvSource({
        "9A755000000000001, 9A751000000000001, three readings of one pressure",
        "9N016160100000001, 9N016160300000001, waist measured and told",
        "3D010000001926101, 3D010000002227101, glucose of blood and serum",
        "3D046000001906202, 3D046000001999902, HbA1c by any method",
        "3F077000002327101, 3F077000002391901, LDL measured and calculated"
    })
    void methodsOfOneQuantityAreOneSeries(String one, String other, String why) {
        assertEquals(
                CheckupConcepts.of(one).orElseThrow(), CheckupConcepts.of(other).orElseThrow(), why);
    }

    @Test
    void hba1cOfTheOldStandardIsNoSeriesOfOurs() {
        assertTrue(CheckupConcepts.of("3D045000001906202").isEmpty());
        assertEquals(
                List.of(),
                CheckupConcepts.named("hba1c").orElseThrow().items().stream()
                        .filter(code -> code.startsWith("3D045"))
                        .toList());
    }
}
