package phr.gateway.consents.visit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import phr.fhir.facts.PhrCategory;

/**
 * What a person chooses at the reception desk. The first three are those of the insurance card (マイナ保険証): 特定健診, 診療・薬剤, 手術.
 */
enum VisitGroup {
    CHECKUP(PhrCategory.CHECKUP_SPECIFIC),
    /** Includes where she was treated, as the card's group does. */
    MEDICATION(PhrCategory.MEDICATION, PhrCategory.ENCOUNTER),
    PROCEDURE(PhrCategory.PROCEDURE),
    ALLERGY(PhrCategory.ALLERGY),
    PROBLEM(PhrCategory.PROBLEM),
    LAB(PhrCategory.LAB),
    IMMUNIZATION(PhrCategory.IMMUNIZATION),
    VITALS(PhrCategory.LIFELOG_VITALS);

    private final List<PhrCategory> categories;

    VisitGroup(PhrCategory... categories) {
        this.categories = List.of(categories);
    }

    static Optional<VisitGroup> parse(String code) {
        return Stream.of(values()).filter(group -> group.code().equals(code)).findFirst();
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    Stream<String> categories() {
        return categories.stream().map(PhrCategory::code);
    }
}
