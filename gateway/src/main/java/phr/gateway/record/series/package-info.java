/**
 * How dense samples are packed: columns of one series, coded by difference and compressed, and the index that finds a sample by
 * its id. Bytes in, bytes out; no database, no keys, no permits.
 */
@NullMarked
package phr.gateway.record.series;

import org.jspecify.annotations.NullMarked;
