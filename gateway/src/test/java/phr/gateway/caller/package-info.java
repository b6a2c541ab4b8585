/** Tests of {@code caller}. */
@NullMarked
package phr.gateway.caller;

import org.jspecify.annotations.NullMarked;
