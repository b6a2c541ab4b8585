/**
 * FHIR R4 from providers of care: documents, collections, search results, messages, bulk files (checkup-fhir.md, phr-package.md §12).
 *
 * <p>The first look at a file is in {@code survey}; what a checkup document means is in {@code echeckup}.
 */
@NullMarked
package phr.fhir.normalise.clinical;

import org.jspecify.annotations.NullMarked;
