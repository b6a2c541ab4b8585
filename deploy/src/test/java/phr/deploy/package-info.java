/** Tests of the module as a whole. */
@NullMarked
package phr.deploy;

import org.jspecify.annotations.NullMarked;
