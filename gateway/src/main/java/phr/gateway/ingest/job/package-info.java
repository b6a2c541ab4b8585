/**
 * Large files as jobs (lifelog.md §6): their bytes while they arrive, what has become of them, and who may hear of it. Bytes and
 * counts are in the database, encrypted with the person's key.
 *
 * <p>Nothing here reads a file: {@code run} does.
 */
@NullMarked
package phr.gateway.ingest.job;

import org.jspecify.annotations.NullMarked;
