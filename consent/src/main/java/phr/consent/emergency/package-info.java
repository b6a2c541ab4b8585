/**
 * Open emergencies: who may look without consent, until when, at which data (consent-semantics.md §13).
 *
 * <p>Pure. Opening, renewing and reviewing sessions is not done here.
 */
@NullMarked
package phr.consent.emergency;

import org.jspecify.annotations.NullMarked;
