package phr.consent.authority;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Stream;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.Selector;
import phr.fhir.catalogue.CodeCategories;
import phr.fhir.label.LabelTables;

/**
 * What a person of 15 to 17 decides alone, as it is closed to a guardian (consent-semantics.md §11): categories, and everything by which they
 * can be meant.
 *
 * @param categories codes of the catalogue; empty: nothing is closed
 */
public record OwnSphere(Set<String> categories, LabelTables tables) {

    /** Of whoever is no guardian, or acts for a person of any other age. */
    public static final OwnSphere NONE = new OwnSphere(Set.of(), LabelTables.bundled());

    public OwnSphere {
        categories = Set.copyOf(categories);
    }

    public boolean empty() {
        return categories.isEmpty();
    }

    /** Some of the categories are hers alone. */
    public boolean holds(Collection<String> some) {
        return !Collections.disjoint(categories, some);
    }

    /** Whether the guardian is not to know of a directive: what she decided herself about it. What a guardian gave stays his to see. */
    public boolean hides(Directive directive) {
        return directive.grantor().authority() == null && reaches(directive);
    }

    /**
     * Whether a directive is about it: names a category of it, a sensitivity, or data of which nobody can tell that it lies outside.
     * What is about everything, or about whole types, is about nothing in particular.
     */
    public boolean reaches(Directive directive) {
        return !empty() && directive.parts().anyMatch(this::reaches);
    }

    private boolean reaches(Elements elements) {
        return elements.namesSensitivity()
                || elements.selectors() != null
                        && elements.selectors().list().stream().anyMatch(this::reaches);
    }

    private boolean reaches(Selector selector) {
        boolean untold = !(selector.instances().isEmpty()
                && selector.authors().isEmpty()
                && selector.sources().isEmpty()
                && selector.relatedTo().isEmpty());
        return untold
                || holds(selector.categories())
                || Stream.concat(selector.codes().stream(), selector.documentTypes().stream())
                        .anyMatch(this::mayMean);
    }

    private boolean mayMean(String code) {
        return CodeCategories.of(code, tables)
                .map(known -> known.stream().anyMatch(category -> categories.contains(category.code())))
                .orElse(true);
    }
}
