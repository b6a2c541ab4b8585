/**
 * What proves an act: evidence, and the policy texts people are shown (consent-semantics.md §9).
 *
 * <p>Bytes of evidence stay where they are kept; here are hash and place.
 */
@NullMarked
package phr.consent.evidence;

import org.jspecify.annotations.NullMarked;
