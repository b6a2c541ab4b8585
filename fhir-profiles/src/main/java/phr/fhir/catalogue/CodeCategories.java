package phr.fhir.catalogue;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;
import phr.fhir.jp.CheckupOid;
import phr.fhir.jp.ReportCategory;
import phr.fhir.label.LabelTables;
import phr.fhir.normalise.lifelog.LifelogCategories;

/** What a code says by itself about the categories of the resources that carry it (consent-semantics.md §8). */
public final class CodeCategories {

    private CodeCategories() {}

    /**
     * By the label tables, the metrics of the lifelog and the report categories of checkups.
     *
     * @param token {@code system|code}
     * @return empty when it cannot be told; an empty set when the code is known and says nothing special
     */
    public static Optional<Set<PhrCategory>> of(String token, LabelTables tables) {
        int bar = token.indexOf('|');
        if (bar < 0) {
            return Optional.empty();
        }
        String system = token.substring(0, bar);
        PhrCategory direct = direct(system, token.substring(bar + 1));
        Optional<Set<PhrCategory>> byTable = tables.categories(token);
        if (direct == null || byTable.isEmpty() && tables.covers(system)) {
            return byTable;
        }
        Set<PhrCategory> all = EnumSet.of(direct);
        byTable.ifPresent(all::addAll);
        return Optional.of(all);
    }

    private static @Nullable PhrCategory direct(String system, String code) {
        return system.equals(CheckupOid.REPORT_CATEGORY.urn())
                ? ReportCategory.find(code).map(ReportCategory::category).orElse(null)
                : LifelogCategories.of(system, code);
    }
}
