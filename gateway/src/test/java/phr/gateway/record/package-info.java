/** Tests of FHIR interactions: parameters, rendering, paging. */
@NullMarked
package phr.gateway.record;

import org.jspecify.annotations.NullMarked;
