/**
 * A real Keycloak on this computer with the realm of the demo: for the demo and for the tests of the gateway.
 *
 * <p>What the gateway makes of a token does not live here.
 */
@NullMarked
package phr.deploy.keycloak;

import org.jspecify.annotations.NullMarked;
