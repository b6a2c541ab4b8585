/**
 * The first look at a FHIR file: whose it is, what its resources are called at the source and in the record, where references lead.
 *
 * <p>Maps nothing.
 */
@NullMarked
package phr.fhir.normalise.clinical.survey;

import org.jspecify.annotations.NullMarked;
