/** Tests of the rotation of persons' keys. */
@NullMarked
package phr.gateway.rotation;

import org.jspecify.annotations.NullMarked;
