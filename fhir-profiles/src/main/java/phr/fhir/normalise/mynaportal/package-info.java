/**
 * Files of マイナポータル and of municipalities whose layout is not public (mynaportal.md §3): kept under the code and the category that
 * the sender declares, mapped as far as an operator's table knows them.
 *
 * <p>No layout is guessed here.
 */
@NullMarked
package phr.fhir.normalise.mynaportal;

import org.jspecify.annotations.NullMarked;
