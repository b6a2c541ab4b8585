/**
 * Full validation: the HL7 validator of HAPI over base R4, the project's guide and the packages an operator supplies. Thorough
 * and slow (some 10 ms and more a resource), so it stands beside the pipeline, never in it: for {@code $validate}, tests and
 * samples. What the pipeline checks is {@code phr.fhir.validate}.
 *
 * <p>HAPI's validator is an optional dependency of this module; who uses this package names it.
 */
@NullMarked
package phr.fhir.conformance;

import org.jspecify.annotations.NullMarked;
