/** Full validation of what the product emits. */
@NullMarked
package phr.fhir.conformance;

import org.jspecify.annotations.NullMarked;
