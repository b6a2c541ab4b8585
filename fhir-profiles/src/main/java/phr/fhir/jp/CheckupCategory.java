package phr.fhir.jp;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;

/** Observation category of an item: the first matching row of checkup-fhir.md §6.1. */
public enum CheckupCategory {
    BODY_VITAL("vital-signs", "body-measurement"),
    BODY("exam", "body-measurement"),
    VITAL("vital-signs", "vital-signs"),
    LABORATORY("laboratory", "laboratory"),
    SURVEY("survey", "survey"),
    QUESTIONNAIRE("social-history", "social-history"),
    IMAGING("imaging", "imaging"),
    PROCEDURE("procedure", "procedure"),
    EXAM("exam", "exam");

    private static final Set<String> HEIGHT_WEIGHT_BMI =
            Set.of("9N001000000000001", "9N006000000000001", "9N011000000000001");
    private static final Set<String> JUDGEMENTS = Set.of("9N501000000000011", "9N506000000000011");
    /** 梅毒, HBs, HCV and the judgement of the hepatitis C check. */
    private static final List<String> INFECTION = List.of("5E071", "5F016", "5F360", "9N401");

    private final String hl7;
    private final String jp;

    CheckupCategory(String hl7, String jp) {
        this.hl7 = hl7;
        this.jp = jp;
    }

    /** @param item null = outside the table */
    public static CheckupCategory of(String code, @Nullable CheckupItem item) {
        if (item != null && CheckupItems.find(code).isEmpty()) {
            return MunicipalItems.find(code)
                    .flatMap(municipal -> of(municipal.category()))
                    .orElse(EXAM);
        }
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

    /** Whether an item tells of an infection that is treated as sensitive (checkup-fhir.md §6.1a). */
    public static boolean infection(String code) {
        return INFECTION.stream().anyMatch(code::startsWith);
    }

    /** The HL7 category first, then the Japanese. */
    public CodeableConcept concept() {
        return new CodeableConcept()
                .addCoding(new Coding()
                        .setSystem(CheckupSystem.OBSERVATION_CATEGORY.url())
                        .setCode(hl7))
                .addCoding(new Coding()
                        .setSystem(CheckupSystem.JP_OBSERVATION_CATEGORY.url())
                        .setCode(jp));
    }

    /** Code of the HL7 category. */
    public String hl7() {
        return hl7;
    }

    /** Code of the category of JP Core. */
    public String japanese() {
        return jp;
    }

    /** The constant with both codes equal to this one. */
    public static Optional<CheckupCategory> of(String code) {
        for (CheckupCategory category : values()) {
            if (category.hl7.equals(code) && category.jp.equals(code)) {
                return Optional.of(category);
            }
        }
        return Optional.empty();
    }
}
