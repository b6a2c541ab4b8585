package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.ReportCategory;

/**
 * What kind of report it is (報告区分, checkup-cda.md §4.1).
 *
 * @param code as stored or as the program tells it; null = neither does
 * @param stored the record names it; else the program did
 */
record Report(@Nullable String code, boolean stored) {

    private static final String OTHER = "99";
    /** Those that the form has. */
    private static final Set<String> OF_FORM = Set.of("10", "41", "42", "43", "44", "60", "70", "80", OTHER);

    private static final Map<String, String> BY_PROGRAM =
            Map.of("010", "10", "030", "41", "060", "42", "070", "70", "080", "80");

    static Report of(StoredCheckup checkup) {
        String stored = checkup.report();
        return stored == null ? new Report(BY_PROGRAM.get(checkup.program()), false) : new Report(stored, true);
    }

    /** For people, in Japanese, with the day. */
    String title(StoredCheckup checkup) {
        String name = municipal()
                ? ReportCategory.MUNICIPAL.japanese()
                : ReportCategory.find(code).map(ReportCategory::japanese).orElse("健診");
        return checkup.date().isEmpty() ? name : name + " " + checkup.date();
    }

    /** The code that the form has for it. */
    ObjectNode coding(Remarks remarks) {
        String place = "Composition.category";
        if (!stored) {
            remarks.left("ECF-6", "kind of report not named; taken from the program", place);
        }
        String known = municipal() ? ReportCategory.MUNICIPAL.code() : code;
        if (known == null || !OF_FORM.contains(known)) {
            if (stored) {
                remarks.left("ECF-6", "the form has no such kind of report; given as another", place);
            }
            known = OTHER;
        }
        ObjectNode coding = Tree.coding(ECheckupSystem.REPORT_CATEGORY.url(), known);
        Optional<ReportCategory> category = ReportCategory.find(known);
        category.ifPresent(found -> coding.put("display", found.japanese()));
        return coding;
    }

    /** 51 to 58 are 自治体検診 (checkup-fhir.md §10). */
    private boolean municipal() {
        return code != null && code.matches("5[1-8]");
    }
}
