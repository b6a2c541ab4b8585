package phr.fhir.facts;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the labels of a resource were made from, so that they can be made again when tables change (consent-semantics.md §6.1).
 *
 * @param categories as the format gave them, before rules added theirs: empty = unknown, null = a supporting type
 * @param given labels of the source and of the format; unlabelled when they could not tell; null = they said nothing
 * @param hits rules and category defaults that count
 */
public record LabelBasis(
        @Nullable Set<PhrCategory> categories, @Nullable Labels given, List<LabelHit> hits) {

    /** Nothing is known of how the labels came about. */
    public static final LabelBasis NONE = new LabelBasis(null, null, List.of());

    public LabelBasis {
        categories = categories == null ? null : Set.copyOf(categories);
        hits = List.copyOf(hits);
    }

    /** The least that a person may give an unlabelled resource: the defaults of its categories. */
    public Labels least() {
        return categories == null
                ? Labels.LEAST
                : categories.stream().map(PhrCategory::defaults).reduce(Labels.LEAST, Labels::raisedBy);
    }
}
