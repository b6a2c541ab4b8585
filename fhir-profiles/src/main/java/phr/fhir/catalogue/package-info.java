/**
 * Reads the facts of a resource: its categories, codes, labels, data time and links (consent-semantics.md §4.2, §5.2, §6, §8).
 *
 * <p>Pure functions over resources and the label tables; no decision, no storage.
 */
@NullMarked
package phr.fhir.catalogue;

import org.jspecify.annotations.NullMarked;
