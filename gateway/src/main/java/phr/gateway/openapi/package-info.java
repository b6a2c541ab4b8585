/** The OpenAPI document: public at {@code /openapi}; what every operation may answer besides success stands here once. */
@NullMarked
package phr.gateway.openapi;

import org.jspecify.annotations.NullMarked;
