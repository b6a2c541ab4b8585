/**
 * Exports of vendors, and files of records that an operator knows, as CSV, JSON, XML or archives of them, read with the tables of {@link phr.fhir.normalise.vendor.table}.
 *
 * <p>Nothing here knows a vendor: a new one is a new table.
 */
@NullMarked
package phr.fhir.normalise.vendor;

import org.jspecify.annotations.NullMarked;
