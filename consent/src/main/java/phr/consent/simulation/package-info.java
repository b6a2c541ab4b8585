/**
 * Decisions over a body that holds everything they need (consent-semantics.md §16.4): Consents or directives, a request, a time
 * and resources. Runs the same engine and keeps nothing.
 *
 * <p>Pure: bytes and trees in, JSON out; no HTTP, no ledger.
 */
@NullMarked
package phr.consent.simulation;

import org.jspecify.annotations.NullMarked;
