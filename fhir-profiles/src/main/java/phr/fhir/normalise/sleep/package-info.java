/** Nights from sleep stages, whichever source they come from (lifelog.md §3.3, §4, sleep). */
@NullMarked
package phr.fhir.normalise.sleep;

import org.jspecify.annotations.NullMarked;
