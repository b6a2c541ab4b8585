/**
 * Disaster mode by area and period: switched by two operators, reported to them and to the persons (consent-semantics.md §13).
 *
 * <p>What the mode opens is decided by the consent engine.
 */
@NullMarked
package phr.gateway.disaster;

import org.jspecify.annotations.NullMarked;
