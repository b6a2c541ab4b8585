/**
 * Everyday measurements: Open mHealth / IEEE 1752.1 points and plain FHIR R4 Observations (lifelog.md).
 *
 * <p>No clinical documents here.
 */
@NullMarked
package phr.fhir.normalise.lifelog;

import org.jspecify.annotations.NullMarked;
