package phr.fhir.echeckup;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.CheckupItem;

/** Sections of the form (セクション, checkup-fhir.md §5). */
enum Section {
    SPECIFIC("01011", "特定健診検査結果セクション", true),
    SPECIFIC_QUESTIONS("01012", "特定健診問診結果セクション", false),
    ADDITIONAL("01990", "特定健診任意追加項目セクション", false),
    REGIONAL("01021", "広域連合保健事業検査結果セクション", true),
    REGIONAL_QUESTIONS("01022", "広域連合保健事業問診結果セクション", false),
    EMPLOYER("01031", "事業者健診検査結果セクション", false),
    EMPLOYER_QUESTIONS("01032", "事業者健診問診結果セクション", false),
    SCHOOL("01041", null, false),
    SCHOOL_QUESTIONS("01042", null, false),
    EQUIVALENT("01071", null, false),
    EQUIVALENT_QUESTIONS("01072", null, false),
    INSURER_OTHER("01081", null, false),
    INSURER_OTHER_QUESTIONS("01082", null, false),
    GENERAL("01910", "検査結果セクション", true),
    GENERAL_QUESTIONS("01920", "問診結果セクション", false);

    private static final String OPTIONAL_ITEM = "0";

    private final String code;
    private final @Nullable String display;
    private final boolean coverage;

    Section(String code, @Nullable String display, boolean coverage) {
        this.code = code;
        this.display = display;
        this.coverage = coverage;
    }

    String code() {
        return code;
    }

    Optional<String> display() {
        return Optional.ofNullable(display);
    }

    /** Whether it may list the insurance. */
    boolean listsCoverage() {
        return coverage;
    }

    /** Where the tests of a program stand. The stored form keeps no section, so the program tells it. */
    static Section ofTests(String program) {
        return switch (program) {
            case "010" -> SPECIFIC;
            case "020" -> REGIONAL;
            case "030" -> EMPLOYER;
            case "040" -> SCHOOL;
            case "070" -> EQUIVALENT;
            case "080" -> INSURER_OTHER;
            default -> GENERAL;
        };
    }

    /**
     * Where an item stands: questions apart from tests; what is no part of 特定健診 stands apart from it.
     *
     * @param item null = outside the item table
     */
    static Section of(String program, @Nullable CheckupItem item) {
        Section tests = ofTests(program);
        boolean question = item != null && (item.categoryNo() == 500 || item.categoryNo() == 900);
        if (question) {
            return tests.questions();
        }
        boolean additional = item == null || item.obligation().equals(OPTIONAL_ITEM);
        return tests == SPECIFIC && additional ? ADDITIONAL : tests;
    }

    private Section questions() {
        return values()[ordinal() + 1];
    }
}
