package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.People;

/** Rules between items, and schema-valid oddities (checkup-cda.md §8.2, §13). */
class ConsistencyTest {

    private static final String SAMPLING_TIME = "9N141000000000011";

    @Test
    void t27CasualTriglyceridesAfterALongFastAreImportedWithAWarning() {
        Reading reading = Reading.of(hanako().item("3F015129902327101", "140").item(SAMPLING_TIME, "2"));

        assertEquals(2, reading.row().mapped());
        assertEquals(1, reading.issues("CDA-8.2").size());
        assertEquals(Issue.Severity.WARNING, reading.issues("CDA-8.2").get(0).severity());
    }

    @Test
    void t28CasualGlucoseWithTheCodeOfAnEarlierTableIsImportedWithANote() {
        Reading reading = Reading.of(hanako().item("3D010129901926101", "110").item(SAMPLING_TIME, "1"));

        assertEquals(2, reading.row().mapped());
        assertEquals("10時間以内", Reading.display(reading.observation(SAMPLING_TIME)));
        assertEquals(1, reading.issues("CDA-8.2").size());
        assertEquals(
                Issue.Severity.INFORMATION, reading.issues("CDA-8.2").get(0).severity());
    }

    @Test
    void whatFitsIsNotRemarkedOn() {
        Reading reading = Reading.of(hanako().item("3F015000002327101", "84")
                .item("3D010000001926101", "90")
                .item(SAMPLING_TIME, "2"));

        assertTrue(reading.report().issues().isEmpty());
    }

    @Test
    void detailedCreatinineWithoutEgfrIsRemarkedOn() {
        Checkup checkup = hanako().item("3C015000002327101", "0.6").item("3C015161602399911", "1");

        assertEquals(1, Reading.of(checkup).issues("CDA-8.2").size());
        assertEquals(
                0,
                Reading.of(checkup.item("8A065000002391901", "80.1"))
                        .issues("CDA-8.2")
                        .size());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddities")
    void t29EachOddityThatTheSchemaAcceptsHasItsIssue(String name, Checkup checkup, String rule) {
        Reading reading = Reading.of(checkup);

        assertEquals(1, reading.issues(rule).size(), "issues of rule " + rule);
        assertFalse(reading.drafts().isEmpty());
    }

    static Stream<Arguments> oddities() {
        return Stream.of(
                Arguments.of("unknown report category", hanako().category("98"), "CDA-13"),
                Arguments.of("no report category", hanako().category(null), "CDA-13"),
                Arguments.of("deletion request", hanako().category("19"), "CDA-R9"),
                Arguments.of("short item code", hanako().item("9N001", "158"), "CDA-R8"),
                Arguments.of(
                        "unknown interpretation",
                        hanako().item("9N001000000000001", "158.2").flag("HH"),
                        "CDA-13"),
                Arguments.of("branch of three digits", Checkup.of(People.HANAKO.withCard("１", "２", "002")), "CDA-13"),
                Arguments.of(
                        "id root that makes no sense",
                        hanako().replacing("root=\"1.2.392.200119.6.211\"", "root=\"1.2.3\""),
                        "N-2"),
                Arguments.of("impossible checkup date", hanako().onDate("20251301"), "CDA-5"),
                Arguments.of(
                        "impossible creation date",
                        hanako().replacing("<effectiveTime value=\"20250620\"/>", "<effectiveTime value=\"2025\"/>"),
                        "CDA-13"),
                Arguments.of("answer outside its list", hanako().item("9N736000000000011", "9"), "CDA-R8"),
                Arguments.of("wrong unit", hanako().quantity("9N001000000000001", "158", "kg"), "CDA-11"),
                Arguments.of(
                        "answer list of another generation",
                        hanako().answer("9N736000000000011", "2", "1.2.392.200119.6.2003"),
                        "CDA-10"),
                Arguments.of(
                        "answer list of another item",
                        hanako().answer("9N736000000000011", "2", "1.2.392.200119.6.2115"),
                        "CDA-12"),
                Arguments.of(
                        "method of another item",
                        hanako().item("9N001000000000001", "158").method("3D04610000"),
                        "CDA-R8"));
    }

    private static Checkup hanako() {
        return Checkup.of(People.HANAKO);
    }
}
