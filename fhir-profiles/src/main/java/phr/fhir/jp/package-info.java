/**
 * Japanese code systems, item tables and canonical URLs as enums and tables.
 *
 * <p>No FHIR resources are built here.
 */
@NullMarked
package phr.fhir.jp;

import org.jspecify.annotations.NullMarked;
