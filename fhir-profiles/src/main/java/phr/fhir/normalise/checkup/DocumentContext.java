package phr.fhir.normalise.checkup;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;

/**
 * What every result of one document shares.
 *
 * @param date checkup date
 * @param category consent category of the report, null = the 報告区分 is missing or unknown
 * @param program プログラム種別
 */
record DocumentContext(
        DocumentKeys keys,
        LocalDate date,
        @Nullable PhrCategory category,
        @Nullable String program,
        Drafts drafts,
        Located issues) {

    private static final String HEPATITIS_PROGRAM = "090";
    private static final String HEPATITIS_SECTION = "01090";

    /** 肝炎検診: every item is sensitive (checkup-fhir.md §6.1a). */
    boolean hepatitis(@Nullable String section) {
        return HEPATITIS_PROGRAM.equals(program) || HEPATITIS_SECTION.equals(section);
    }

    /** The report's category with others; empty (unknown) while the report's own is not known. */
    Set<PhrCategory> with(Set<PhrCategory> others) {
        if (category == null) {
            return Set.of();
        }
        Set<PhrCategory> all = new LinkedHashSet<>(Set.of(category));
        all.addAll(others);
        return all;
    }
}
