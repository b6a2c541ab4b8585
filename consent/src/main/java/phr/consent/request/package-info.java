/**
 * Questions of organisations to a person and her answers (consent-semantics.md §9, §10.1): insert only, the status is their fold at
 * the instant of reading. Silence is refusal; no job decides anything.
 *
 * <p>What an approval opens is the ledger's and the engine's. No HTTP.
 */
@NullMarked
package phr.consent.request;

import org.jspecify.annotations.NullMarked;
