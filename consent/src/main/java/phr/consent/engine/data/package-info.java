/**
 * The data-level half of matching, twice: asked of one resource directly, and as predicates for a store (consent-semantics.md §4,
 * §5, §6, §14.1).
 *
 * <p>Pure. Who asks and when is not known here.
 */
@NullMarked
package phr.consent.engine.data;

import org.jspecify.annotations.NullMarked;
