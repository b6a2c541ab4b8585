/**
 * BagIt 1.0 (RFC 8493): manifests written and verified (phr-package.md §5.1).
 *
 * <p>What the payload means is not known here.
 */
@NullMarked
package phr.portability.bag;

import org.jspecify.annotations.NullMarked;
