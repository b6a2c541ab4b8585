/** Tests of FHIR files from providers of care. */
@NullMarked
package phr.fhir.normalise.clinical;

import org.jspecify.annotations.NullMarked;
