/** Tests of the checkup normaliser. */
@NullMarked
package phr.fhir.normalise.checkup;

import org.jspecify.annotations.NullMarked;
