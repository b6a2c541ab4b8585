/**
 * Google Health Connect exports (ヘルスコネクト), lifelog.md §2.3: an SQLite database, alone or in its archive.
 *
 * <p>What its tables mean stands in {@code health-connect.tsv} of {@link phr.fhir.normalise.vendor.table}.
 */
@NullMarked
package phr.fhir.normalise.healthconnect;

import org.jspecify.annotations.NullMarked;
