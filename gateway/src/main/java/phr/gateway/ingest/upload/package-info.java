/**
 * Files in over HTTP: in one request, or resumable as tus 1.0 has it (core, creation, creation-with-upload, checksum, termination,
 * expiration). What is small is answered at once; what is large becomes a job.
 *
 * <p>Names of files are nobody's business: they are neither kept nor logged.
 */
@NullMarked
package phr.gateway.ingest.upload;

import org.jspecify.annotations.NullMarked;
