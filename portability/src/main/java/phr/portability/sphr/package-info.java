/**
 * The SPHR container's table of contents {@code index.phr} and its document type codes (phr-package.md §3, §7.2).
 *
 * <p>Nothing about bags, signatures or stores may live here.
 */
@NullMarked
package phr.portability.sphr;

import org.jspecify.annotations.NullMarked;
