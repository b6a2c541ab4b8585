package phr.fhir.normalise.clinical.echeckup;

import java.util.Set;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;

/**
 * One result in the form of the record.
 *
 * @param part of the received Observation that it was; empty = the Observation itself
 * @param categories consent categories; empty = unknown
 * @param labels null = those of the categories
 */
public record CheckupResult(
        Observation observation,
        String part,
        Set<PhrCategory> categories,
        @Nullable Labels labels) {}
