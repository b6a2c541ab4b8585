/**
 * Decisions before they matter (consent-semantics.md §16.4): the stateless decision for any client, and "who would see what" for
 * the person herself. Stores nothing and logs no body.
 */
@NullMarked
package phr.gateway.simulation;

import org.jspecify.annotations.NullMarked;
