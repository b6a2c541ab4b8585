/**
 * Questions of organisations to a person over HTTP: asked, read by both sides, approved as they are or narrower, refused, taken back.
 *
 * <p>The rules are in {@code phr.consent.request}; nothing is decided here.
 */
@NullMarked
package phr.gateway.consents.request;

import org.jspecify.annotations.NullMarked;
