/** Tests of the erasure of persons. */
@NullMarked
package phr.gateway.erasure;

import org.jspecify.annotations.NullMarked;
