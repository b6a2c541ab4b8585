package phr.consent;

import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Tokens;

/** Evaluates a {@link Predicate} over the facts of one resource, exactly as a store does in its query. */
public final class Evaluation {

    private final Referrers referrers;

    public Evaluation(Referrers referrers) {
        this.referrers = referrers;
    }

    public boolean holds(Predicate predicate, Facts facts) {
        if (predicate instanceof Predicate.Constant constant) {
            return constant.value();
        } else if (predicate instanceof Predicate.All all) {
            return all.parts().stream().allMatch(part -> holds(part, facts));
        } else if (predicate instanceof Predicate.Any any) {
            return any.parts().stream().anyMatch(part -> holds(part, facts));
        } else if (predicate instanceof Predicate.Not not) {
            return !holds(not.part(), facts);
        } else if (predicate instanceof Predicate.ReferredToBy referred) {
            return referrers.of(facts.reference()).stream().anyMatch(referrer -> holds(referred.referrer(), referrer));
        }
        return leaf(predicate, facts);
    }

    private boolean leaf(Predicate predicate, Facts facts) {
        if (predicate instanceof Predicate.In in) {
            return in(in, facts);
        } else if (predicate instanceof Predicate.Overlaps overlaps) {
            return overlaps(overlaps, facts);
        } else if (predicate instanceof Predicate.TimeWithin within) {
            return within(within, facts.time());
        } else if (predicate instanceof Predicate.TimeTouches touches) {
            return touches(touches, facts.time());
        }
        return label(predicate, facts);
    }

    private static boolean label(Predicate predicate, Facts facts) {
        Set<String> codes = facts.labels().sensitivities();
        if (predicate instanceof Predicate.AtMost atMost) {
            return facts.labels().confidentiality().atMost(atMost.ceiling());
        } else if (predicate instanceof Predicate.Labelled) {
            return facts.labels().labelled();
        } else if (predicate instanceof Predicate.Sensitive) {
            return !codes.isEmpty();
        } else if (predicate instanceof Predicate.SensitivitiesWithin within) {
            return within.codes().containsAll(codes);
        } else if (predicate instanceof Predicate.SensitivitiesOverlap overlap) {
            return !Collections.disjoint(overlap.codes(), codes);
        }
        throw new IllegalStateException(
                "unknown predicate " + predicate.getClass().getSimpleName());
    }

    private static boolean in(Predicate.In in, Facts facts) {
        String value = scalar(in.fact(), facts);
        return value != null && in.values().contains(value);
    }

    private static @Nullable String scalar(Predicate.Scalar fact, Facts facts) {
        return switch (fact) {
            case TYPE -> facts.type();
            case REFERENCE -> facts.reference();
            case DOCUMENT_TYPE -> facts.documentType();
            case SOURCE -> facts.source();
            case DEVICE -> facts.device();
        };
    }

    private boolean overlaps(Predicate.Overlaps overlaps, Facts facts) {
        Tokens tokens =
                switch (overlaps.fact()) {
                    case CATEGORIES -> facts.categories();
                    case CODES -> facts.codes();
                    case AUTHORS -> facts.authors();
                    case LINKS_OUT -> Tokens.of(facts.linksOut());
                    case LINKS_IN -> linksIn(facts);
                };
        return tokens.unknown() ? overlaps.whenUnknown() : !Collections.disjoint(overlaps.values(), tokens.values());
    }

    private Tokens linksIn(Facts facts) {
        return Tokens.of(
                referrers.of(facts.reference()).stream().map(Facts::reference).collect(Collectors.toSet()));
    }

    private static boolean within(Predicate.TimeWithin window, DataTime time) {
        return time.known()
                && (window.from() == null || time.from() != null && !time.from().isBefore(window.from()))
                && (window.to() == null || time.to() != null && !time.to().isAfter(window.to()));
    }

    private static boolean touches(Predicate.TimeTouches window, DataTime time) {
        return !time.known()
                || (window.to() == null || time.from() == null || time.from().isBefore(window.to()))
                        && (window.from() == null
                                || time.to() == null
                                || time.to().isAfter(window.from()));
    }
}
