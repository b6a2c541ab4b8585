@NullMarked
package phr.fhir.normalise.other;

import org.jspecify.annotations.NullMarked;
