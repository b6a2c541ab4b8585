/** A later end for what is in force or has expired (consent-semantics.md §10.1). */
@NullMarked
package phr.gateway.consents.renewal;

import org.jspecify.annotations.NullMarked;
