/**
 * Keys of the gateway: the operator's master key, one data key per person wrapped by it, and the files they come from.
 *
 * <p>What is encrypted with them is not known here. Key material never reaches a log, a message or a metric.
 */
@NullMarked
package phr.gateway.keys;

import org.jspecify.annotations.NullMarked;
