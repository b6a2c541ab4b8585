/**
 * Rows of records (健診, 予防接種, 調剤, 医療費) to resources, as an operator's table says (mynaportal.md §4, MYNA-R6).
 *
 * <p>Files are not read here, and no source is known: what is not public is in no table of ours.
 */
@NullMarked
package phr.fhir.normalise.vendor.record;

import org.jspecify.annotations.NullMarked;
