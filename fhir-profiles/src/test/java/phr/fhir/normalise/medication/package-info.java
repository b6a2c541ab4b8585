@NullMarked
package phr.fhir.normalise.medication;

import org.jspecify.annotations.NullMarked;
