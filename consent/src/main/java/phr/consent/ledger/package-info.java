/**
 * The append-only ledger of directives and their events, the consent epoch, and the gate that decides from them
 * (consent-semantics.md §9, §10.1, §15).
 *
 * <p>No rule about who may see what is written here: that is the engine's. No HTTP.
 */
@NullMarked
package phr.consent.ledger;

import org.jspecify.annotations.NullMarked;
