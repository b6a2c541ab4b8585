/** Placeholder. */
@NullMarked
package phr.deploy;

import org.jspecify.annotations.NullMarked;
