/** Tests of {@code people}. */
@NullMarked
package phr.gateway.people;

import org.jspecify.annotations.NullMarked;
