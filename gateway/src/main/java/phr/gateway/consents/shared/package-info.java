/** Everything a person shares, by recipient, and the switch that stops one recipient (consent-semantics.md §12, APPI 34/35). */
@NullMarked
package phr.gateway.consents.shared;

import org.jspecify.annotations.NullMarked;
