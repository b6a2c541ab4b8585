/**
 * FHIR R4 for the whole house: the one context, typed ids, digests.
 *
 * <p>No HTTP, no database and no Quarkus may live here or below.
 */
@NullMarked
package phr.fhir;

import org.jspecify.annotations.NullMarked;
