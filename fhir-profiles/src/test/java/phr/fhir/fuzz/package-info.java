/** Damaged and hostile bytes for every source. No format's own rules: those are tested beside it. */
@NullMarked
package phr.fhir.fuzz;

import org.jspecify.annotations.NullMarked;
