/**
 * {@code Observation/$judgement}: which published thresholds the checkup results that a caller may read have reached. Information,
 * never a diagnosis; nothing is stored and no result is changed. The thresholds themselves are {@code phr.fhir.judgement}.
 */
@NullMarked
package phr.gateway.judgement;

import org.jspecify.annotations.NullMarked;
