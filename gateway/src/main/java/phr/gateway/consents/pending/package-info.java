/** Permits that wait for the person: she confirms each by itself, as it is or narrower, or refuses it (consent-semantics.md §10.1, §11). */
@NullMarked
package phr.gateway.consents.pending;

import org.jspecify.annotations.NullMarked;
