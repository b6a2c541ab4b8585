/**
 * Verifies an exported access log without a gateway: an implementation of its own, so that the evidence does not vouch for itself.
 */
@NullMarked
package phr.deploy.proof;

import org.jspecify.annotations.NullMarked;
