/**
 * A whole life as consent sees it: stages computed at an instant from birth date and events, and people who act for others
 * (consent-semantics.md §10.2, §11). Ages are dated policy data.
 *
 * <p>Pure: no storage, no clock of its own, no framework, and no stored stage.
 */
@NullMarked
package phr.consent.lifecourse;

import org.jspecify.annotations.NullMarked;
