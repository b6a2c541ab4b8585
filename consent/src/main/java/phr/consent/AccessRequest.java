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
 * @param groups care teams and managed groups of which the user is a member now
 * @param relationships codes of the user's registered, in-force relationships to the subject
 * @param authority id of the authority under which a PROXY acts
 * @param research what a researcher declares about the project (§7.3)
 * @param userAliases other ids by which directives may name the user
 * @param verified the identity of the user has been verified
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
        @Nullable Action action,
        Set<String> groups,
        Set<String> relationships,
        @Nullable String authority,
        @Nullable Research research,
        Set<String> userAliases,
        boolean verified) {

    public AccessRequest {
        roles = Set.copyOf(roles);
        purposes = List.copyOf(purposes);
        groups = Set.copyOf(groups);
        relationships = Set.copyOf(relationships);
        userAliases = Set.copyOf(userAliases);
    }

    /** A verified user with one id. */
    public AccessRequest(
            @Nullable PersonId subject,
            @Nullable ClientApp app,
            @Nullable String user,
            boolean system,
            @Nullable Party organisation,
            Set<String> roles,
            @Nullable Capacity capacity,
            List<String> purposes,
            @Nullable Action action,
            Set<String> groups,
            Set<String> relationships,
            @Nullable String authority,
            @Nullable Research research) {
        this(
                subject,
                app,
                user,
                system,
                organisation,
                roles,
                capacity,
                purposes,
                action,
                groups,
                relationships,
                authority,
                research,
                Set.of(),
                true);
    }

    /** Neither a proxy nor a researcher. */
    public AccessRequest(
            @Nullable PersonId subject,
            @Nullable ClientApp app,
            @Nullable String user,
            boolean system,
            @Nullable Party organisation,
            Set<String> roles,
            @Nullable Capacity capacity,
            List<String> purposes,
            @Nullable Action action,
            Set<String> groups,
            Set<String> relationships) {
        this(
                subject,
                app,
                user,
                system,
                organisation,
                roles,
                capacity,
                purposes,
                action,
                groups,
                relationships,
                null,
                null);
    }

    /** A user in no group and without registered relationship. */
    public AccessRequest(
            @Nullable PersonId subject,
            @Nullable ClientApp app,
            @Nullable String user,
            boolean system,
            @Nullable Party organisation,
            Set<String> roles,
            @Nullable Capacity capacity,
            List<String> purposes,
            @Nullable Action action) {
        this(subject, app, user, system, organisation, roles, capacity, purposes, action, Set.of(), Set.of());
    }

    /** The same call about another person. */
    public AccessRequest about(PersonId other) {
        return with(other, action);
    }

    /** The same call for another action. */
    public AccessRequest doing(Action other) {
        return with(subject, other);
    }

    private AccessRequest with(@Nullable PersonId person, @Nullable Action what) {
        return new AccessRequest(
                person,
                app,
                user,
                system,
                organisation,
                roles,
                capacity,
                purposes,
                what,
                groups,
                relationships,
                authority,
                research,
                userAliases,
                verified);
    }
}
