/** The person's own order of her sources, through the public interface. */
@NullMarked
package phr.gateway.ingest.source;

import org.jspecify.annotations.NullMarked;
