/** Tests of {@code web}. */
@NullMarked
package phr.gateway.web;

import org.jspecify.annotations.NullMarked;
