package phr.fhir.normalise;

import java.util.EnumSet;
import java.util.Set;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;

/** Labels and categories that an original has from what was mapped from it. */
public record Carried(Labels labels, Set<PhrCategory> categories) {

    /** Nothing was mapped: the content is opaque. */
    public static final Carried NOTHING = new Carried(Labels.UNLABELLED, Set.of());

    public Carried {
        categories = Set.copyOf(categories);
    }

    public static Carried of(Facts facts) {
        Set<PhrCategory> categories = EnumSet.noneOf(PhrCategory.class);
        facts.categories().values().forEach(code -> categories.add(PhrCategory.parse(code)));
        return new Carried(facts.labels(), categories);
    }

    Carried and(Carried other) {
        Set<PhrCategory> all = EnumSet.noneOf(PhrCategory.class);
        all.addAll(categories);
        all.addAll(other.categories);
        return new Carried(labels.raisedBy(other.labels), all);
    }
}
