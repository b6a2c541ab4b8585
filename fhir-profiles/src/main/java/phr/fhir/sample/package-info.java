/**
 * Dense lifelog samples: Observations of one series that differ only in identity, time and numbers (lifelog.md §5). What they
 * share is said once, so that they can be checked, sent and kept by the thousand without an object model.
 *
 * <p>Which Observations are dense, and how they are told apart from documents, is decided here; how they are stored is not.
 */
@NullMarked
package phr.fhir.sample;

import org.jspecify.annotations.NullMarked;
