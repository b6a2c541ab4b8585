/**
 * Batches of samples that vendors send by themselves, in the shape of lifelog.md §6: NDJSON, an array, or one object with a list.
 *
 * <p>How a batch arrives, and what its idempotency key does, is not decided here.
 */
@NullMarked
package phr.fhir.normalise.samples;

import org.jspecify.annotations.NullMarked;
