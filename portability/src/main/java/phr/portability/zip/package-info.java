/**
 * ZIP files from strangers: inspected before anything is read (phr-package.md §7.3).
 *
 * <p>What the entries mean is not known here.
 */
@NullMarked
package phr.portability.zip;

import org.jspecify.annotations.NullMarked;
