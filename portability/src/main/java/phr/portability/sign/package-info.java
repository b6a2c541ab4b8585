/**
 * Detached JWS with ES256 over unencoded payloads, and the keys for it (phr-package.md §5.2).
 *
 * <p>What is signed and what a verified signature is worth are decided elsewhere.
 */
@NullMarked
package phr.portability.sign;

import org.jspecify.annotations.NullMarked;
