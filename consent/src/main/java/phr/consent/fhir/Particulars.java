package phr.consent.fhir;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a Consent says beside the rule itself.
 *
 * @param patient reference as the reader knows the person, {@code Patient/id}
 * @param performer reference to who gave it; null for the person herself
 * @param actedAt time of the act
 * @param organization reference to the PHR provider
 * @param policyUri of the version of the policy text that was shown
 */
public record Particulars(
        String patient, @Nullable String performer, Instant actedAt, String organization, String policyUri) {}
