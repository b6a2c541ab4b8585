/**
 * What people are told on their own pages: reviews, majority, decisions of another holder.
 *
 * <p>Telling is all: no decision depends on a reminder that came or did not come (consent-semantics.md §11).
 */
@NullMarked
package phr.consent.reminder;

import org.jspecify.annotations.NullMarked;
