/** The OpenAPI document against the endpoints. */
@NullMarked
package phr.gateway.openapi;

import org.jspecify.annotations.NullMarked;
