/** Placeholder. */
@NullMarked
package phr.portability;

import org.jspecify.annotations.NullMarked;
