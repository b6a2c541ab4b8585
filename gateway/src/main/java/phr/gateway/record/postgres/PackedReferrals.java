package phr.gateway.record.postgres;

import phr.consent.Predicate;

/** Whether a packed sample that satisfies a predicate refers to a resource {@code Type/id}. */
@FunctionalInterface
interface PackedReferrals {

    /** There are no packed samples. */
    PackedReferrals NONE = (reference, referrer) -> false;

    boolean to(String reference, Predicate referrer);
}
