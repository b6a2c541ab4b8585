package phr.consent;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Confidentiality;

/**
 * A compiled consent policy over the facts of resources (consent-semantics.md §14.1): a store turns it into its query language,
 * the engine evaluates it in memory, and both agree.
 *
 * <p><em>Unknown</em> is a flag of its own and never three-valued logic: every leaf is true or false.
 */
public sealed interface Predicate {

    Predicate ALWAYS = new Constant(true);
    Predicate NEVER = new Constant(false);

    /** True or false for every row. */
    record Constant(boolean value) implements Predicate {}

    /** All parts are true; true when empty. */
    record All(List<Predicate> parts) implements Predicate {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** At least one part is true; false when empty. */
    record Any(List<Predicate> parts) implements Predicate {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** The part is false. */
    record Not(Predicate part) implements Predicate {}

    /** A fact with exactly one value. */
    enum Scalar {
        /** {@code Observation} */
        TYPE,
        /** {@code Observation/uuid} */
        REFERENCE,
        /** {@code system|code} */
        DOCUMENT_TYPE,
        SOURCE,
        DEVICE
    }

    /** The scalar fact is one of the values; a missing scalar is none of them. */
    record In(Scalar fact, Set<String> values) implements Predicate {
        public In {
            values = Set.copyOf(values);
        }
    }

    /** A fact with many values. */
    enum SetFact {
        CATEGORIES,
        CODES,
        AUTHORS,
        /** References from the resource to others of the person. */
        LINKS_OUT,
        /** References to the resource from others of the person. */
        LINKS_IN
    }

    /**
     * The set fact shares a value with the given ones.
     *
     * @param whenUnknown the answer for an unknown fact: false in a permit, true in a deny
     */
    record Overlaps(SetFact fact, Set<String> values, boolean whenUnknown) implements Predicate {
        public Overlaps {
            values = Set.copyOf(values);
        }
    }

    /** Confidentiality is at most this level. */
    record AtMost(Confidentiality ceiling) implements Predicate {}

    /** A rule or a person has labelled the resource. */
    record Labelled() implements Predicate {}

    /** The resource carries at least one sensitivity code. */
    record Sensitive() implements Predicate {}

    /** Every sensitivity code of the resource is among the codes; true when it carries none. */
    record SensitivitiesWithin(Set<String> codes) implements Predicate {
        public SensitivitiesWithin {
            codes = Set.copyOf(codes);
        }
    }

    /** The resource carries one of the sensitivity codes. */
    record SensitivitiesOverlap(Set<String> codes) implements Predicate {
        public SensitivitiesOverlap {
            codes = Set.copyOf(codes);
        }
    }

    /** Data time is known and lies inside the window; null = unbounded. */
    record TimeWithin(@Nullable Instant from, @Nullable Instant to) implements Predicate {}

    /** Data time is unknown or shares an instant with the window; null = unbounded. */
    record TimeTouches(@Nullable Instant from, @Nullable Instant to) implements Predicate {}

    /**
     * A resource of the same person that satisfies the predicate refers to this one: how supporting resources (Organization,
     * Practitioner …) are released (§4.2).
     */
    record ReferredToBy(Predicate referrer) implements Predicate {}
}
