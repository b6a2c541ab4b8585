package phr.consent.engine.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import phr.consent.Predicate;

/**
 * Alternatives that differ in nothing but the values of one fact, told as one: of two hundred consents that name a category each,
 * one test is left. {@code (a ∧ rest) ∨ (b ∧ rest) = (a ∨ b) ∧ rest}.
 */
final class Merging {

    private Merging() {}

    /** The alternatives, fewer where it can be; in the order in which they stand. */
    static List<Predicate> of(List<Predicate> alternatives) {
        List<Predicate> merged = alternatives;
        for (int fact = 0; fact < Fact.values().length && merged.size() > 1; fact++) {
            merged = over(Fact.values()[fact], merged);
        }
        return merged;
    }

    /** What may be merged, in this order: a set fact or a scalar. */
    private enum Fact {
        CATEGORIES,
        CODES,
        AUTHORS,
        TYPE,
        DOCUMENT_TYPE,
        REFERENCE,
        SOURCE,
        DEVICE;

        boolean of(Predicate part) {
            if (part instanceof Predicate.Overlaps overlaps) {
                return overlaps.fact().name().equals(name());
            }
            return part instanceof Predicate.In in && in.fact().name().equals(name());
        }
    }

    private static List<Predicate> over(Fact fact, List<Predicate> alternatives) {
        Map<Object, Predicate> merged = new LinkedHashMap<>();
        for (Predicate alternative : alternatives) {
            Set<Predicate> rest = new HashSet<>(parts(alternative));
            List<Predicate> tests = rest.stream().filter(fact::of).toList();
            if (tests.size() == 1 && rest.remove(tests.get(0))) {
                merged.merge(List.of(unknown(tests.get(0)), rest), alternative, union(fact));
            } else {
                merged.putIfAbsent(Set.copyOf(parts(alternative)), alternative);
            }
        }
        return List.copyOf(merged.values());
    }

    /** Tests that answer differently for what is unknown stay apart. */
    private static boolean unknown(Predicate test) {
        return test instanceof Predicate.Overlaps overlaps && overlaps.whenUnknown();
    }

    private static BinaryOperator<Predicate> union(Fact fact) {
        return (first, second) -> {
            List<Predicate> parts = new ArrayList<>(parts(first));
            Predicate added =
                    parts(second).stream().filter(fact::of).findFirst().orElseThrow();
            parts.replaceAll(part -> fact.of(part) ? union(part, added) : part);
            return Folding.all(parts);
        };
    }

    private static Predicate union(Predicate one, Predicate other) {
        if (one instanceof Predicate.Overlaps a && other instanceof Predicate.Overlaps b) {
            return new Predicate.Overlaps(a.fact(), union(a.values(), b.values()), a.whenUnknown());
        }
        Predicate.In a = (Predicate.In) one;
        return new Predicate.In(a.fact(), union(a.values(), ((Predicate.In) other).values()));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static List<Predicate> parts(Predicate alternative) {
        return alternative instanceof Predicate.All all ? all.parts() : List.of(alternative);
    }
}
