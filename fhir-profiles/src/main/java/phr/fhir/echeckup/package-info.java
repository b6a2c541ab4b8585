/**
 * One stored checkup as a document: the plain FHIR R4 document, or the form of JAMI eCheckupReport 1.5.0 (checkup-fhir.md §4 to §8).
 * Pure: resources in, a Bundle out, and a finding for each thing that the form cannot carry.
 *
 * <p>No HTTP, no storage, no consent: what a reader may not see never comes here.
 */
@NullMarked
package phr.fhir.echeckup;

import org.jspecify.annotations.NullMarked;
