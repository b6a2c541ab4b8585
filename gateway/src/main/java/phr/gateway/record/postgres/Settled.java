package phr.gateway.record.postgres;

import java.util.List;
import phr.consent.Evaluation;
import phr.consent.Predicate;
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
        if (predicate instanceof Predicate.All all) {
            return Folding.all(rests(all.parts()));
        } else if (predicate instanceof Predicate.Any any) {
            return Folding.any(rests(any.parts()));
        } else if (predicate instanceof Predicate.Not not) {
            return Folding.not(rest(not.part()));
        } else if (open(predicate)) {
            return predicate;
        }
        return evaluation.holds(predicate, shared) ? Predicate.ALWAYS : Predicate.NEVER;
    }

    private List<Predicate> rests(List<Predicate> parts) {
        return parts.stream().map(this::rest).toList();
    }

    private static boolean open(Predicate predicate) {
        return predicate instanceof Predicate.TimeWithin
                || predicate instanceof Predicate.TimeTouches
                || predicate instanceof Predicate.ReferredToBy
                || predicate instanceof Predicate.In in && in.fact() == Predicate.Scalar.REFERENCE
                || predicate instanceof Predicate.Overlaps overlaps && overlaps.fact() == Predicate.SetFact.LINKS_IN;
    }
}
