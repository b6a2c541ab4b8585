package phr.consent.engine.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import phr.consent.Predicate;

/** Builds predicates and folds constants away, so that what is decided by the call alone becomes true or false. */
public final class Folding {

    private Folding() {}

    public static Predicate all(List<Predicate> parts) {
        List<Predicate> kept = new ArrayList<>();
        for (Predicate part : parts) {
            if (part.equals(Predicate.NEVER)) {
                return Predicate.NEVER;
            } else if (part instanceof Predicate.All nested) {
                kept.addAll(nested.parts());
            } else if (!part.equals(Predicate.ALWAYS)) {
                kept.add(part);
            }
        }
        return kept.isEmpty() ? Predicate.ALWAYS : kept.size() == 1 ? kept.get(0) : new Predicate.All(kept);
    }

    public static Predicate all(Predicate... parts) {
        return all(List.of(parts));
    }

    public static Predicate any(List<Predicate> parts) {
        List<Predicate> kept = new ArrayList<>();
        for (Predicate part : parts) {
            if (part.equals(Predicate.ALWAYS)) {
                return Predicate.ALWAYS;
            } else if (part instanceof Predicate.Any nested) {
                kept.addAll(nested.parts());
            } else if (!part.equals(Predicate.NEVER)) {
                kept.add(part);
            }
        }
        List<Predicate> merged = Merging.of(kept);
        return merged.isEmpty() ? Predicate.NEVER : merged.size() == 1 ? merged.get(0) : new Predicate.Any(merged);
    }

    public static Predicate any(Predicate... parts) {
        return any(List.of(parts));
    }

    public static Predicate not(Predicate part) {
        if (part instanceof Predicate.Constant constant) {
            return constant.value() ? Predicate.NEVER : Predicate.ALWAYS;
        }
        return part instanceof Predicate.Not inner ? inner.part() : new Predicate.Not(part);
    }

    /** The predicate with other leaves, folded again. What refers to a resource is a leaf. */
    public static Predicate leaves(Predicate predicate, UnaryOperator<Predicate> other) {
        if (predicate instanceof Predicate.All all) {
            return all(all.parts().stream().map(part -> leaves(part, other)).toList());
        } else if (predicate instanceof Predicate.Any any) {
            return any(any.parts().stream().map(part -> leaves(part, other)).toList());
        } else if (predicate instanceof Predicate.Not not) {
            return not(leaves(not.part(), other));
        }
        return predicate instanceof Predicate.Constant ? predicate : other.apply(predicate);
    }
}
