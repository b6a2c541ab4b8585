/** Tests of what is received and held. */
@NullMarked
package phr.gateway.ingest;

import org.jspecify.annotations.NullMarked;
