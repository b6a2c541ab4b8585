/** Tests of {@code audit}. */
@NullMarked
package phr.gateway.audit;

import org.jspecify.annotations.NullMarked;
