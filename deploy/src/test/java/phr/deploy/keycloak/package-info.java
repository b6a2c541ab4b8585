/** Tests of the realm against a real Keycloak. */
@NullMarked
package phr.deploy.keycloak;

import org.jspecify.annotations.NullMarked;
