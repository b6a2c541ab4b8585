/**
 * Gateways as processes of their own: two on one database while people change their minds and others read, and one that is killed
 * while it delivers.
 */
@NullMarked
package phr.gateway.race;

import org.jspecify.annotations.NullMarked;
