package phr.consent.fhir;

import java.util.Set;
import phr.consent.Action;
import phr.consent.directive.Grantee;

/**
 * What a known policy fixes when the Consent is silent (consent-semantics.md §16.4, {@code context.policies}); an empty set fixes
 * nothing.
 *
 * @param uri of {@code Consent.policy}, or {@code system|code} of {@code Consent.policyRule}
 */
public record KnownPolicy(String uri, Set<Grantee> grantees, Set<String> purposes, Set<Action> actions) {

    public KnownPolicy {
        grantees = Set.copyOf(grantees);
        purposes = Set.copyOf(purposes);
        actions = Set.copyOf(actions);
    }
}
