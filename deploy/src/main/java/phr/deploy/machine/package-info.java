/**
 * What the computer offers to everything that is started on it: processes, ports, a cache directory, a word when
 * something cannot start.
 *
 * <p>Nothing here knows PostgreSQL, Keycloak or a gateway.
 */
@NullMarked
package phr.deploy.machine;

import org.jspecify.annotations.NullMarked;
