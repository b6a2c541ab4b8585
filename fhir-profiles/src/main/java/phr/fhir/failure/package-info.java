/**
 * What can go wrong, in one vocabulary: categories, failures, issues.
 *
 * <p>No rendering to HTTP lives here; the gateway has the one place for that.
 */
@NullMarked
package phr.fhir.failure;

import org.jspecify.annotations.NullMarked;
