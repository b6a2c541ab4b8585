/**
 * Who may see what, for which purpose, until when: the question, the answer, and the predicate a store applies.
 *
 * <p>Rules live in {@code engine}, records in {@code ledger}. No HTTP and no security types here.
 */
@NullMarked
package phr.consent;

import org.jspecify.annotations.NullMarked;
