/** Jobs as those see them who may: once, as events, with findings; and stopped. */
@NullMarked
package phr.gateway.ingest.job.status;

import org.jspecify.annotations.NullMarked;
