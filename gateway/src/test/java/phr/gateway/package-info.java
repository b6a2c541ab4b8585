/** Tests of the whole gateway: the stack they run on, journeys, house rules. */
@NullMarked
package phr.gateway;

import org.jspecify.annotations.NullMarked;
