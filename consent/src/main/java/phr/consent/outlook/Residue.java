package phr.consent.outlook;

import java.util.Collections;
import java.util.List;
import phr.consent.Predicate;
import phr.consent.engine.data.Folding;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;

/**
 * What is left of a predicate for resources of one category. Labels of a resource are at least those that its category gives
 * (§6.1), so what they settle is folded away; NEVER means that no such resource can satisfy it.
 */
final class Residue {

    private final PhrCategory category;
    private final Labels least;

    Residue(PhrCategory category) {
        this.category = category;
        this.least = category.defaults();
    }

    Predicate of(Predicate predicate) {
        if (predicate instanceof Predicate.All all) {
            return Folding.all(each(all.parts()));
        } else if (predicate instanceof Predicate.Any any) {
            return Folding.any(each(any.parts()));
        } else if (predicate instanceof Predicate.Not not) {
            return Folding.not(of(not.part()));
        } else if (predicate instanceof Predicate.ReferredToBy) {
            // Supporting resources have no category of their own.
            return Predicate.NEVER;
        } else if (predicate instanceof Predicate.Overlaps overlaps) {
            return overlaps.fact() == Predicate.SetFact.CATEGORIES
                    ? constant(overlaps.values().contains(category.code()))
                    : predicate;
        }
        return label(predicate);
    }

    private Predicate label(Predicate predicate) {
        if (predicate instanceof Predicate.AtMost atMost) {
            return least.confidentiality().atMost(atMost.ceiling()) ? predicate : Predicate.NEVER;
        } else if (predicate instanceof Predicate.Sensitive) {
            return least.sensitivities().isEmpty() ? predicate : Predicate.ALWAYS;
        } else if (predicate instanceof Predicate.SensitivitiesWithin within) {
            return within.codes().containsAll(least.sensitivities()) ? predicate : Predicate.NEVER;
        } else if (predicate instanceof Predicate.SensitivitiesOverlap overlap) {
            return Collections.disjoint(overlap.codes(), least.sensitivities()) ? predicate : Predicate.ALWAYS;
        }
        return predicate;
    }

    private List<Predicate> each(List<Predicate> parts) {
        return parts.stream().map(this::of).toList();
    }

    private static Predicate constant(boolean value) {
        return value ? Predicate.ALWAYS : Predicate.NEVER;
    }
}
