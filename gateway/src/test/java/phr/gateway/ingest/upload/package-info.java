/** Uploads as clients send them: in one request, again, and in parts. */
@NullMarked
package phr.gateway.ingest.upload;

import org.jspecify.annotations.NullMarked;
