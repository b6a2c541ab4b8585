/**
 * Authorities over HTTP: who acts for whom, and the operator who verifies it.
 *
 * <p>The rules are in {@link phr.consent.authority}; nothing is decided here.
 */
@NullMarked
package phr.gateway.authorities;

import org.jspecify.annotations.NullMarked;
