/**
 * FHIR R4 from providers of care: documents, collections, search results, messages, bulk files (checkup-fhir.md, phr-package.md §12).
 *
 * <p>Whose they are, what the source calls them, where their references lead. What a checkup document means is in {@code echeckup}.
 */
@NullMarked
package phr.fhir.normalise.clinical;

import org.jspecify.annotations.NullMarked;
