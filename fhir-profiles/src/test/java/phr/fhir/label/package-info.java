@NullMarked
package phr.fhir.label;

import org.jspecify.annotations.NullMarked;
