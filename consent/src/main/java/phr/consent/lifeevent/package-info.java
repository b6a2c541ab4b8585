/**
 * What happened in a life, as reported, verified and withdrawn (consent-semantics.md §9, §11): append only.
 *
 * <p>What follows from it is computed by {@link phr.consent.lifecourse} at the instant of reading, never stored.
 */
@NullMarked
package phr.consent.lifeevent;

import org.jspecify.annotations.NullMarked;
