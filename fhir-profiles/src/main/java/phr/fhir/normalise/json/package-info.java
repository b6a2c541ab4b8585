/**
 * Reads JSON files of any size piece by piece: one document, an array, the entries of a Bundle, or one document per line.
 *
 * <p>Knows nothing of what the pieces mean.
 */
@NullMarked
package phr.fhir.normalise.json;

import org.jspecify.annotations.NullMarked;
