/**
 * The person's directives over HTTP: grant, amend, revoke, list, receipts.
 *
 * <p>The rules are in {@link phr.consent}; nothing is decided here.
 */
@NullMarked
package phr.gateway.consents;

import org.jspecify.annotations.NullMarked;
