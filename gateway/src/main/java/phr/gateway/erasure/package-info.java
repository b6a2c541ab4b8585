/**
 * Erasure (消去) of a person: asked in two steps, done by destroying her data key, completed by deleting her rows, proved by a
 * report without content that stays as her tombstone (regulation.md REQ-DEL-1).
 *
 * <p>Deleting one resource is in {@code record}; asking a recipient to erase is in {@code notices}.
 */
@NullMarked
package phr.gateway.erasure;

import org.jspecify.annotations.NullMarked;
