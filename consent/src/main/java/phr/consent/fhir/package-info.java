/**
 * Directives as FHIR R4 Consent and back (consent-semantics.md §17): reads foreign Consents into directives with located findings,
 * writes directives as Consents, converts between R4 and R5 by intent. Knows JSON trees; no HTTP, no database.
 */
@NullMarked
package phr.consent.fhir;

import org.jspecify.annotations.NullMarked;
