/**
 * What a checkup document of JAMI eCheckup or eMunicipalCheckup says, in the form in which the record keeps every checkup, so that one
 * line joins results that came as CDA and as FHIR (checkup-fhir.md §4–§7, §11).
 *
 * <p>Knows resources, not files: ids and references are settled before.
 */
@NullMarked
package phr.fhir.normalise.clinical.echeckup;

import org.jspecify.annotations.NullMarked;
