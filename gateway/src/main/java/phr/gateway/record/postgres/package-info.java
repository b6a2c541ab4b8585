/**
 * The record store on PostgreSQL: plain JDBC, one partition per group of persons.
 *
 * <p>Payloads are encrypted and every compared value is blinded with the person's data key before it reaches the database.
 * Only the store's beans are seen from outside, through the port in {@link phr.gateway.record}.
 *
 * <p>Dense samples live in chunks of columns ({@link phr.gateway.record.series}). What comes in is a fresh chunk; the compaction
 * merges fresh chunks into the settled ones of their series, which do not overlap, and their ids into an index of sorted runs.
 * Consent is decided once per series, per sample only where time, id or referrers matter. A sample that is corrected, deleted or
 * labelled by itself leaves its chunk and goes on as a document with the same id and version, so a chunk knows no versions.
 */
@NullMarked
package phr.gateway.record.postgres;

import org.jspecify.annotations.NullMarked;
