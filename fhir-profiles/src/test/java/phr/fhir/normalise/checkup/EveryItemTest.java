package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Practitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.LegalValues;
import phr.fhir.fixtures.People;
import phr.fhir.jp.AnswerLists;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupUnits;
import phr.fhir.jp.Generation;
import phr.fhir.jp.ValueType;

/** T-33 and T-34: the whole item table and every answer through the normaliser. */
class EveryItemTest {

    private static final long SEED = 20250602;

    @ParameterizedTest
    @EnumSource(Generation.class)
    void t33EveryItemComesThroughWithItsValueUnitAndMethod(Generation generation) {
        Reading reading = Reading.of(Checkups.everyItem(People.HANAKO, generation, SEED));
        LegalValues values = new LegalValues(SEED);
        Set<String> authorItems = authorItems();

        assertEquals(reading.row().read(), reading.row().mapped());
        assertEquals(
                CheckupItems.of(generation).size() - authorItems.size(),
                reading.row().mapped());
        for (CheckupItem item : CheckupItems.of(generation)) {
            if (!authorItems.contains(item.code())) {
                assertCarried(item, generation, values.of(item, generation), reading.observation(item.code()));
            }
        }
        assertEquals(18, reading.all(Practitioner.class).size());
        assertTrue(reading.report().issues().stream()
                .allMatch(issue -> issue.rule().equals("CDA-8.2") || knownGap(generation, issue.rule())));
    }

    /** List 2006 of FY2018 has no known content. */
    private static boolean knownGap(Generation generation, String rule) {
        return generation == Generation.FY2018 && rule.equals("CDA-R8");
    }

    private static void assertCarried(CheckupItem item, Generation generation, String value, Observation result) {
        String code = item.code();
        Coding coding = result.getCode().getCodingFirstRep();
        assertEquals("urn:oid:1.2.392.200119.6.1005", coding.getSystem(), code);
        assertEquals(item.name(), coding.getDisplay(), code);
        switch (item.type()) {
            case PQ -> {
                assertEquals(value, result.getValueQuantity().getValue().toPlainString(), code);
                assertEquals(item.xmlUnit(), result.getValueQuantity().getUnit(), code);
                assertEquals(
                        item.xmlUnit() == null ? null : CheckupUnits.ucum(item.xmlUnit()),
                        result.getValueQuantity().getCode(),
                        code);
            }
            case CD, CO -> {
                Coding answer = result.getValueCodeableConcept().getCodingFirstRep();
                assertEquals(value, answer.getCode(), code);
                assertEquals("urn:oid:" + item.in(generation).orElseThrow().answerOid(), answer.getSystem(), code);
            }
            case ST -> assertEquals(value, result.getValueStringType().getValue(), code);
        }
        assertEquals(
                item.in(generation).orElseThrow().methodCode(),
                result.getMethod().getCodingFirstRep().getCode(),
                code);
    }

    @ParameterizedTest
    @MethodSource("answerLists")
    void t34EveryAnswerShowsTheLabelOfItsList(String oid) {
        for (String code : AnswerLists.codes(oid)) {
            Reading reading = Reading.of(Checkup.of(People.HANAKO).answer("9N551000000000049", code, oid));

            assertEquals(
                    AnswerLists.display(oid, code).orElseThrow(),
                    Reading.display(reading.observation("9N551000000000049")),
                    oid + " " + code);
        }
    }

    static Stream<String> answerLists() {
        return AnswerLists.oids().stream().sorted();
    }

    @Test
    void thePhysicianItemsNeverComeAsObservations() {
        Reading reading = Reading.of(Checkups.everyItem(People.HANAKO, Generation.FY2024, SEED));
        List<String> codes = reading.all(Observation.class).stream()
                .map(observation -> observation.getCode().getCodingFirstRep().getCode())
                .toList();

        assertTrue(codes.stream().noneMatch(authorItems()::contains));
        assertTrue(CheckupItems.of(Generation.FY2024).stream()
                .filter(item -> item.type() == ValueType.PQ)
                .allMatch(item -> codes.contains(item.code())));
    }

    private static Set<String> authorItems() {
        Set<String> codes = new HashSet<>();
        for (CheckupItem item : CheckupItems.all()) {
            if (item.authorItem() != null) {
                codes.add(item.authorItem());
            }
        }
        return codes;
    }
}
