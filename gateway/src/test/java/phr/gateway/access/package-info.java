/** Tests of {@code access}. */
@NullMarked
package phr.gateway.access;

import org.jspecify.annotations.NullMarked;
