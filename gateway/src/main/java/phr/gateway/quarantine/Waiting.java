package phr.gateway.quarantine;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/**
 * Resources of one type that wait for their validation, as one run has taken them.
 *
 * @param series a series of samples; null = documents
 * @param takes how often somebody has taken them
 */
record Waiting(
        long number,
        PersonId person,
        String type,
        List<UUID> ids,
        @Nullable Integer series,
        int takes) {}
