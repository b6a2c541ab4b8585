/** Requests that come again because their answer was lost: the same key and the same body get the same answer (Idempotency-Key). */
@NullMarked
package phr.gateway.ingest.upload.repeated;

import org.jspecify.annotations.NullMarked;
