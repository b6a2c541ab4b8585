package phr.fhir.normalise.checkup;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupSystem;

/** Observation category of an item: the first matching row of checkup-fhir.md §6.1. */
public enum Categories {
    BODY_VITAL("vital-signs", "body-measurement"),
    BODY("exam", "body-measurement"),
    VITAL("vital-signs", "vital-signs"),
    LABORATORY("laboratory", "laboratory"),
    SURVEY("survey", "survey"),
    QUESTIONNAIRE("social-history", "social-history"),
    EXAM("exam", "exam");

    private static final Set<String> HEIGHT_WEIGHT_BMI =
            Set.of("9N001000000000001", "9N006000000000001", "9N011000000000001");
    private static final Set<String> JUDGEMENTS = Set.of("9N501000000000011", "9N506000000000011");
    /** 梅毒, HBs, HCV and the judgement of the hepatitis C check. */
    private static final List<String> INFECTION = List.of("5E071", "5F016", "5F360", "9N401");

    private final String hl7;
    private final String jp;

    Categories(String hl7, String jp) {
        this.hl7 = hl7;
        this.jp = jp;
    }

    /** @param item null = outside the table */
    public static Categories of(String code, @Nullable CheckupItem item) {
        int number = item == null ? 0 : item.categoryNo();
        if (HEIGHT_WEIGHT_BMI.contains(code)) {
            return BODY_VITAL;
        }
        if (number == 10) {
            return BODY;
        }
        if (number == 30) {
            return VITAL;
        }
        if (number == 40 || code.charAt(0) >= '1' && code.charAt(0) <= '8') {
            return LABORATORY;
        }
        if (number == 600 || JUDGEMENTS.contains(code)) {
            return SURVEY;
        }
        return number == 500 || number == 900 ? QUESTIONNAIRE : EXAM;
    }

    /** Whether the item tells of an infection that is nobody's business. */
    public static boolean infection(String code) {
        return INFECTION.stream().anyMatch(code::startsWith);
    }

    /** The HL7 category first, then the Japanese. */
    public CodeableConcept concept() {
        return new CodeableConcept()
                .addCoding(Codings.of(CheckupSystem.OBSERVATION_CATEGORY, hl7))
                .addCoding(Codings.of(CheckupSystem.JP_OBSERVATION_CATEGORY, jp));
    }
}
