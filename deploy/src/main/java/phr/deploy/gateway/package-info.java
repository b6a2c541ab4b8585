/** Gateways as processes of their own. Nothing of the gateway's code is used here; its tests and the demo start it like this. */
@NullMarked
package phr.deploy.gateway;

import org.jspecify.annotations.NullMarked;
