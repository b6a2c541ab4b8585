/**
 * The edge: failures become HTTP here and nowhere else, request ids, answer headers, strict JSON bodies, readiness.
 *
 * <p>No feature lives here, and this package knows none of them.
 */
@NullMarked
package phr.gateway.web;

import org.jspecify.annotations.NullMarked;
