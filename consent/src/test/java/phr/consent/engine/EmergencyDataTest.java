package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static phr.consent.engine.Scene.day;
import static phr.consent.engine.Scene.labels;
import static phr.consent.engine.Scene.resource;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.consent.emergency.EmergencyGround;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** The row "Data" of the table of consent-semantics.md §13: what each step of a session and the disaster mode open. */
class EmergencyDataTest {

    private static Scene open(EmergencyGround.Kind kind, EmergencyGround.Step step) {
        EmergencyGround ground = new EmergencyGround(
                kind,
                kind == EmergencyGround.Kind.BTG ? "dr" : null,
                null,
                Scene.at("2026-06-01T09:30:00+09:00"),
                Scene.at("2026-06-01T10:30:00+09:00"),
                step);
        return new Scene().purpose(kind.name()).emergency(ground);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "medication, PERMIT, PERMIT, PERMIT",
        "medication-self, PERMIT, PERMIT, PERMIT",
        "allergy, PERMIT, PERMIT, PERMIT",
        "problem, PERMIT, PERMIT, PERMIT",
        "checkup-specific, DEFAULT, PERMIT, PERMIT",
        "checkup-employer, DEFAULT, PERMIT, PERMIT",
        "checkup-maternity, DEFAULT, PERMIT, PERMIT",
        "lab, DEFAULT, PERMIT, DEFAULT",
        "mental-health, DEFAULT, PERMIT, DEFAULT",
        "patient-note, DEFAULT, DEFAULT, DEFAULT",
        "advance-directive, DEFAULT, DEFAULT, DEFAULT",
        "consent-record, LAW, LAW, LAW"
    })
    void eachCategoryIsOpenedByItsStep(String category, String summary, String full, String disaster) {
        Facts facts = resource("Observation", category, labels(Confidentiality.V, "VIO"));
        assertEquals(
                summary,
                open(EmergencyGround.Kind.BTG, EmergencyGround.Step.SUMMARY).of(facts));
        assertEquals(
                full, open(EmergencyGround.Kind.BTG, EmergencyGround.Step.FULL).of(facts));
        assertEquals(
                disaster,
                open(EmergencyGround.Kind.DISASTER, EmergencyGround.Step.FULL).of(facts));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({
        "problem, patient-note, DEFAULT",
        "problem, advance-directive, DEFAULT",
        "problem, lab, PERMIT",
        "checkup-other, patient-note, DEFAULT"
    })
    void whatIsAlsoANoteOrAWishStaysClosed(String one, String other, String expected) {
        Facts both = resource("Observation", Tokens.of(Set.of(one, other)), Labels.NORMAL, day("2026-03-01"));
        String category = one.startsWith("checkup") ? "DISASTER" : "BTG";
        EmergencyGround.Kind kind = EmergencyGround.Kind.valueOf(category);
        assertEquals(expected, open(kind, EmergencyGround.Step.SUMMARY).of(both));
        assertEquals(expected, open(kind, EmergencyGround.Step.FULL).of(both));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "http://loinc.org|75773-2, , PERMIT",
        "http://loinc.org|81378-2, , PERMIT",
        "http://loinc.org|75779-9, , PERMIT",
        "http://loinc.org|42348-3, , DEFAULT",
        "http://loinc.org|75773-2, patient-note, DEFAULT"
    })
    void treatmentWishesAreOpenOnBothSteps(String code, @Nullable String also, String expected) {
        Set<String> categories = also == null ? Set.of("advance-directive") : Set.of("advance-directive", also);
        Facts wish = new Facts(
                "Observation",
                new UUID(9, 9),
                null,
                null,
                null,
                Tokens.of(categories),
                Tokens.of(Set.of(code)),
                Tokens.ABSENT,
                Set.of(),
                Labels.NORMAL,
                day("2026-01-01"));
        assertEquals(
                expected,
                open(EmergencyGround.Kind.BTG, EmergencyGround.Step.SUMMARY).of(wish));
        assertEquals(
                expected,
                open(EmergencyGround.Kind.BTG, EmergencyGround.Step.FULL).of(wish));
        assertEquals(
                "DEFAULT",
                open(EmergencyGround.Kind.DISASTER, EmergencyGround.Step.FULL).of(wish));
    }

    @Test
    void recentCheckupsAreThoseOfFiveYears() {
        Scene disaster = open(EmergencyGround.Kind.DISASTER, EmergencyGround.Step.FULL);
        assertEquals("PERMIT", disaster.of(checkup("2021-06-02")));
        assertEquals("DEFAULT", disaster.of(checkup("2021-06-01")), "begins before the hour of five years ago");
    }

    private static Facts checkup(String day) {
        return resource("Observation", Tokens.of(Set.of("checkup-specific")), Labels.NORMAL, day(day));
    }

    @Test
    void theDisasterModeIsForMedicalInstitutionsAndRegisteredTeamsOnly() {
        Facts allergy = resource("AllergyIntolerance", "allergy");
        Scene disaster = open(EmergencyGround.Kind.DISASTER, EmergencyGround.Step.FULL);
        assertEquals("PERMIT", disaster.of(allergy));
        assertEquals("DEFAULT", disaster.by(Scene.company("shop", "retail")).of(allergy));
    }
}
