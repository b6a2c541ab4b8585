/**
 * Records and structure of the medication notebook (お薬手帳, JAHIS TC): what each line is, and which belong together
 * (medication-notebook.md §3–§6).
 *
 * <p>Nothing of FHIR is known here.
 */
@NullMarked
package phr.fhir.normalise.medication.record;

import org.jspecify.annotations.NullMarked;
