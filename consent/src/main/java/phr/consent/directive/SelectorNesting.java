package phr.consent.directive;

import java.util.Collection;
import phr.fhir.facts.PhrCategory;

/** Whether one selector of a permit chooses nothing that another does not choose. */
final class SelectorNesting {

    private SelectorNesting() {}

    static boolean inside(Selector wide, Selector narrow) {
        return facet(wide.resourceTypes(), narrow.resourceTypes())
                && facet(wide.documentTypes(), narrow.documentTypes())
                && facet(wide.categories(), narrow.categories())
                && facet(wide.codes(), narrow.codes())
                && facet(wide.labels(), narrow.labels())
                && facet(wide.instances(), narrow.instances())
                && facet(wide.authors(), narrow.authors())
                && facet(wide.sources(), narrow.sources())
                && facet(wide.relatedTo(), narrow.relatedTo())
                && originals(wide, narrow);
    }

    private static <T> boolean facet(Collection<T> wide, Collection<T> narrow) {
        return wide.isEmpty() || !narrow.isEmpty() && wide.containsAll(narrow);
    }

    /** An original file is chosen only by its category or, when its content is not known, by its id (§8). */
    private static boolean originals(Selector wide, Selector narrow) {
        String raw = PhrCategory.RAW_FILE.code();
        boolean byCategory =
                wide.categories().contains(raw) || !narrow.categories().contains(raw);
        boolean byId = !wide.instances().isEmpty()
                || narrow.instances().isEmpty()
                || !narrow.categories().isEmpty();
        return byCategory && byId;
    }
}
