/**
 * The pipeline's third stage: structure, required elements, My Number, labels and facts. Makes the bytes that are stored.
 *
 * <p>What to do with an invalid resource is decided here; whether somebody may store it is not.
 */
@NullMarked
package phr.fhir.validate;

import org.jspecify.annotations.NullMarked;
