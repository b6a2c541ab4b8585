/**
 * The medication notebook (お薬手帳, JAHIS TC 01–08) into FHIR (medication-notebook.md §7): what was dispensed, what the person wrote
 * herself, and who wrote what.
 *
 * <p>How the text is read is known in the packages below; nothing here stores or permits.
 */
@NullMarked
package phr.fhir.normalise.medication;

import org.jspecify.annotations.NullMarked;
