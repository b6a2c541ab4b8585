/**
 * How a decision came about: outcome, reason and one step per directive and purpose (consent-semantics.md §16.1, §16.4).
 *
 * <p>For the person and the auditor, never for a recipient. Values only; no record content in any text.
 */
@NullMarked
package phr.consent.trace;

import org.jspecify.annotations.NullMarked;
