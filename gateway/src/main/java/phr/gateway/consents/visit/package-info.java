/** The preset for one visit: what a clinic may see for 24 hours, chosen by group (consent-semantics.md §12). */
@NullMarked
package phr.gateway.consents.visit;

import org.jspecify.annotations.NullMarked;
