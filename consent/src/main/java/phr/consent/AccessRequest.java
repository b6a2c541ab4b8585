package phr.consent;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/**
 * The call-level inputs of one decision (consent-semantics.md §2). Nothing is read from thread, session or wall clock; a missing
 * required input denies with {@link Denial.Reason#INCOMPLETE}.
 *
 * @param user id of the user; null only when {@code system}
 * @param organisation acted for; null for SELF and PROXY
 * @param purposes bare codes of §7, or {@code system|code}
 */
public record AccessRequest(
        @Nullable PersonId subject,
        @Nullable ClientApp app,
        @Nullable String user,
        boolean system,
        @Nullable Party organisation,
        Set<String> roles,
        @Nullable Capacity capacity,
        List<String> purposes,
        @Nullable Action action) {

    public AccessRequest {
        roles = Set.copyOf(roles);
        purposes = List.copyOf(purposes);
    }
}
