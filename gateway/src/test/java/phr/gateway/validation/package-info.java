/** {@code $validate} through HTTP. */
@NullMarked
package phr.gateway.validation;

import org.jspecify.annotations.NullMarked;
