/** Jobs from the first byte to their end, as senders and the person see them. */
@NullMarked
package phr.gateway.ingest.job;

import org.jspecify.annotations.NullMarked;
