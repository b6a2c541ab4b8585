/**
 * Who calls: the verified token as a {@link phr.gateway.caller.Caller}, and what its SMART scopes leave of a permit.
 *
 * <p>The only package that knows OpenID Connect, JWT and security types. What a caller may do with a record is not decided here.
 */
@NullMarked
package phr.gateway.caller;

import org.jspecify.annotations.NullMarked;
