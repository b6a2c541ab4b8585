/**
 * Break-glass sessions, their reviews, and what people are told of emergencies (consent-semantics.md §13).
 *
 * <p>Opens and closes the grounds on which the consent engine lets emergency care read; what such a ground opens is decided there.
 */
@NullMarked
package phr.gateway.emergency;

import org.jspecify.annotations.NullMarked;
