/** Tests of this package. */
@NullMarked
package phr.fhir.echeckup;

import org.jspecify.annotations.NullMarked;
