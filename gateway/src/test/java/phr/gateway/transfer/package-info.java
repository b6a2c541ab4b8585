/** Transfers inside the gateway. */
@NullMarked
package phr.gateway.transfer;

import org.jspecify.annotations.NullMarked;
