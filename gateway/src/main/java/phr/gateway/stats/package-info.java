/**
 * Statistics over Observations of one person (FHIR R4 Observation/$stats): the only answer under a permit for aggregates. No single
 * value leaves from here under such a permit.
 */
@NullMarked
package phr.gateway.stats;

import org.jspecify.annotations.NullMarked;
