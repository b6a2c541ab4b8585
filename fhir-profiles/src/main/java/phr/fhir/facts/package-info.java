/**
 * What the consent decision needs to know of a resource: categories, codes, labels, data time, links
 * (consent-semantics.md §4.2, §6, §8).
 *
 * <p>Facts and their extraction only; the decision itself lives in the consent module.
 */
@NullMarked
package phr.fhir.facts;

import org.jspecify.annotations.NullMarked;
