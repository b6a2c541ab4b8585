/**
 * The tables that give sensitivity labels to codes (consent-semantics.md §6, §8): versioned data, one file per domain.
 *
 * <p>How a file reads and which rules hit; what a resource consists of is read elsewhere.
 */
@NullMarked
package phr.fhir.label;

import org.jspecify.annotations.NullMarked;
