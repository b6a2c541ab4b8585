/**
 * Rotation of a person's data key after a suspected leak: a new payload key at once, and everything that was written under the
 * older ones is written anew in the background.
 *
 * <p>What is encrypted where is known by the features that encrypt it; the master key is rotated in {@code keys}.
 */
@NullMarked
package phr.gateway.rotation;

import org.jspecify.annotations.NullMarked;
