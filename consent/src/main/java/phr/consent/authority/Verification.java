package phr.consent.authority;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import phr.consent.evidence.Evidence;

/**
 * What the operator has seen.
 *
 * @param birthDateVerified the same evidence verifies the birth date of the person
 * @param supervisorAppointedAt 任意後見監督人の選任, required for 任意後見
 * @param courtReference required where a court appoints
 * @param reviewDue null = in twelve months
 */
public record Verification(
        Evidence evidence,
        boolean birthDateVerified,
        @Nullable Instant supervisorAppointedAt,
        @Nullable String courtReference,
        @Nullable Instant reviewDue) {}
