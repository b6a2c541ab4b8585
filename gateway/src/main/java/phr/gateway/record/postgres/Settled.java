package phr.gateway.record.postgres;

import java.util.Collections;
import java.util.Set;
import phr.consent.Evaluation;
import phr.consent.Predicate;
import phr.consent.Predicate.Scalar;
import phr.consent.Referrers;
import phr.consent.engine.data.Folding;
import phr.fhir.facts.Facts;

/** Decides of a predicate what is the same for all samples of a series; what depends on time, id and referrers is left. */
final class Settled {

    private final Evaluation evaluation = new Evaluation(Referrers.NONE);
    private final Facts shared;

    /** @param shared facts of the series, whose id and time say nothing */
    Settled(Facts shared) {
        this.shared = shared;
    }

    Predicate rest(Predicate predicate) {
        return Folding.leaves(predicate, this::settled);
    }

    /** What is the same for all resources of these types. */
    static Predicate ofTypes(Predicate predicate, Set<String> types) {
        return Folding.leaves(
                predicate,
                leaf -> leaf instanceof Predicate.In in && in.fact() == Scalar.TYPE ? ofTypes(in, types) : leaf);
    }

    private static Predicate ofTypes(Predicate.In in, Set<String> types) {
        if (types.isEmpty()) {
            return in;
        } else if (in.values().containsAll(types)) {
            return Predicate.ALWAYS;
        }
        return Collections.disjoint(in.values(), types) ? Predicate.NEVER : in;
    }

    private Predicate settled(Predicate leaf) {
        if (open(leaf)) {
            return leaf;
        }
        return evaluation.holds(leaf, shared) ? Predicate.ALWAYS : Predicate.NEVER;
    }

    private static boolean open(Predicate predicate) {
        return predicate instanceof Predicate.TimeWithin
                || predicate instanceof Predicate.TimeTouches
                || predicate instanceof Predicate.ReferredToBy
                || predicate instanceof Predicate.In in && in.fact() == Scalar.REFERENCE
                || predicate instanceof Predicate.Overlaps overlaps && overlaps.fact() == Predicate.SetFact.LINKS_IN;
    }
}
