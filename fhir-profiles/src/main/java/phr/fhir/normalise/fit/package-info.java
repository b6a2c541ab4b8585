/**
 * The FIT format of sports watches, read without a library: the official one may not be passed on under a free licence. What
 * messages and fields mean stands in {@code garmin-fit.tsv} of {@link phr.fhir.normalise.vendor.table}.
 */
@NullMarked
package phr.fhir.normalise.fit;

import org.jspecify.annotations.NullMarked;
