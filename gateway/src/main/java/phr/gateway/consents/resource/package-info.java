/**
 * Directives as FHIR R4 Consent over HTTP (consent-semantics.md §17, §14.2): read, vread, history, search and create for the
 * person; for a recipient only what she granted to it.
 */
@NullMarked
package phr.gateway.consents.resource;

import org.jspecify.annotations.NullMarked;
