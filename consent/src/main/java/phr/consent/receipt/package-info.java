/**
 * Consent receipts (同意レシート): what was decided, as canonical JSON, as a signature over it, and as a sentence
 * (consent-semantics.md §16.5).
 *
 * <p>Reads the ledger's records; no keys and no HTTP here.
 */
@NullMarked
package phr.consent.receipt;

import org.jspecify.annotations.NullMarked;
