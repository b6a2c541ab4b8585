/** Asking, answering, renewing, stopping, over HTTP. */
@NullMarked
package phr.gateway.consents;

import org.jspecify.annotations.NullMarked;
