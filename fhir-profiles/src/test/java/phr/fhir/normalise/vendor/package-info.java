/** Tests of vendors' files. */
@NullMarked
package phr.fhir.normalise.vendor;

import org.jspecify.annotations.NullMarked;
