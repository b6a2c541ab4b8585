/**
 * The consent decision: pure functions from a request, the directives in force and a clock reading to an answer
 * (consent-semantics.md §3, §4, §14.1).
 *
 * <p>No storage, no clock of its own, no framework.
 */
@NullMarked
package phr.consent.engine;

import org.jspecify.annotations.NullMarked;
