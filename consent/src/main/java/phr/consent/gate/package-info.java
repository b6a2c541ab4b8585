/**
 * The gate: gathers what a decision about a person depends on, keeps it as long as her epoch stands, and asks the engine
 * (consent-semantics.md §15).
 *
 * <p>No rule about who may see what is written here.
 */
@NullMarked
package phr.consent.gate;

import org.jspecify.annotations.NullMarked;
