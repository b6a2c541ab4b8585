/**
 * What vendors call things: one tab-separated table a vendor, for all its kinds of files (lifelog.md §2.1, §3.1).
 *
 * <p>Files are not read here.
 */
@NullMarked
package phr.fhir.normalise.vendor.table;

import org.jspecify.annotations.NullMarked;
