/**
 * The other view of dense samples (lifelog.md §5): by Tokyo day as SampledData on a grid, and a daily summary. Made from samples that
 * are permitted; no database, no permits.
 */
@NullMarked
package phr.gateway.record.sampled;

import org.jspecify.annotations.NullMarked;
