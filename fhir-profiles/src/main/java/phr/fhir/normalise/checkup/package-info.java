/**
 * 特定健診 and related checkups: HL7 CDA R2 documents (hc08), single or in the official ZIP layout (checkup-cda.md).
 *
 * <p>FHIR checkup Bundles do not live here.
 */
@NullMarked
package phr.fhir.normalise.checkup;

import org.jspecify.annotations.NullMarked;
