/**
 * Rows of vendors' files, whatever they are written in, to Observations (lifelog.md §3, §4).
 *
 * <p>Files are not read here.
 */
@NullMarked
package phr.fhir.normalise.vendor.measure;

import org.jspecify.annotations.NullMarked;
