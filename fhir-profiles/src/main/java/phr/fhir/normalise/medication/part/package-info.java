/**
 * The text of a medication notebook (お薬手帳, JAHIS TC) before it means anything: whole files, archives of parts, split parts
 * joined as bytes, then decoded line by line (medication-notebook.md §2, S-14, S-15).
 *
 * <p>What records and fields are is known one package up.
 */
@NullMarked
package phr.fhir.normalise.medication.part;

import org.jspecify.annotations.NullMarked;
