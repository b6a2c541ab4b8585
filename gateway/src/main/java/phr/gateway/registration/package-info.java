/**
 * A citizen becomes a person of this gateway: account and Patient resource, through the same flow as all data.
 *
 * <p>Later knowledge about persons is in {@code people}.
 */
@NullMarked
package phr.gateway.registration;

import org.jspecify.annotations.NullMarked;
