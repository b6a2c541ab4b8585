/** The guide and its package. */
@NullMarked
package phr.fhir.guide;

import org.jspecify.annotations.NullMarked;
