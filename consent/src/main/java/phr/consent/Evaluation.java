package phr.consent;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Tokens;

/**
 * Evaluates a {@link Predicate} over the facts of one resource, exactly as a store does in its query.
 *
 * <p>Runs once per resource of every answer, so it loops and makes no objects.
 */
public final class Evaluation {

    private final Referrers referrers;

    public Evaluation(Referrers referrers) {
        this.referrers = referrers;
    }

    public boolean holds(Predicate predicate, Facts facts) {
        if (predicate instanceof Predicate.All all) {
            return all(all.parts(), facts);
        } else if (predicate instanceof Predicate.Any any) {
            return any(any.parts(), facts);
        } else if (predicate instanceof Predicate.Overlaps overlaps) {
            return overlaps(overlaps, facts);
        } else if (predicate instanceof Predicate.Not not) {
            return !holds(not.part(), facts);
        } else if (predicate instanceof Predicate.In in) {
            return in(in, facts);
        } else if (predicate instanceof Predicate.Constant constant) {
            return constant.value();
        } else if (predicate instanceof Predicate.ReferredToBy referred) {
            return anyHolds(referred.referrer(), referrers.of(facts.reference()));
        }
        return leaf(predicate, facts);
    }

    private boolean all(List<Predicate> parts, Facts facts) {
        for (int i = 0; i < parts.size(); i++) {
            if (!holds(parts.get(i), facts)) {
                return false;
            }
        }
        return true;
    }

    private boolean any(List<Predicate> parts, Facts facts) {
        for (int i = 0; i < parts.size(); i++) {
            if (holds(parts.get(i), facts)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyHolds(Predicate predicate, Collection<Facts> resources) {
        for (Facts resource : resources) {
            if (holds(predicate, resource)) {
                return true;
            }
        }
        return false;
    }

    private static boolean leaf(Predicate predicate, Facts facts) {
        if (predicate instanceof Predicate.TimeWithin within) {
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
            return codes.isEmpty() || within.codes().containsAll(codes);
        } else if (predicate instanceof Predicate.SensitivitiesOverlap overlap) {
            return shares(overlap.codes(), codes);
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
        return switch (overlaps.fact()) {
            case CATEGORIES -> overlaps(overlaps, facts.categories());
            case CODES -> overlaps(overlaps, facts.codes());
            case AUTHORS -> overlaps(overlaps, facts.authors());
            case LINKS_OUT -> shares(overlaps.values(), facts.linksOut());
            case LINKS_IN -> referredBy(overlaps.values(), facts);
        };
    }

    private static boolean overlaps(Predicate.Overlaps overlaps, Tokens tokens) {
        return tokens.unknown() ? overlaps.whenUnknown() : shares(overlaps.values(), tokens.values());
    }

    private boolean referredBy(Set<String> references, Facts facts) {
        for (Facts referrer : referrers.of(facts.reference())) {
            if (references.contains(referrer.reference())) {
                return true;
            }
        }
        return false;
    }

    private static boolean shares(Set<String> values, Set<String> facts) {
        if (!facts.isEmpty()) {
            for (String fact : facts) {
                if (values.contains(fact)) {
                    return true;
                }
            }
        }
        return false;
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
