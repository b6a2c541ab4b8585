@NullMarked
package phr.fhir.coverage;

import org.jspecify.annotations.NullMarked;
