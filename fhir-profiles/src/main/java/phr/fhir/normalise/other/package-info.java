/** Files that nobody here can read, kept as they are: nothing is mapped, nothing is lost (mynaportal.md §4, MYNA-R2). */
@NullMarked
package phr.fhir.normalise.other;

import org.jspecify.annotations.NullMarked;
