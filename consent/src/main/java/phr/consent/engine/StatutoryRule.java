package phr.consent.engine;

import java.util.Set;
import phr.consent.directive.Elements;

/**
 * A legal duty or permission to provide data without consent (consent-semantics.md §3 step 1, §9). Without two approvers it has no
 * effect.
 *
 * @param item legal item, e.g. {@code APPI27-1-1}
 * @param order reference of the order
 * @param scope who gets which data for which purpose and when; read like a permit, labels absent = ANY
 * @param notifyPerson the order does not forbid to tell the person
 */
public record StatutoryRule(String item, String order, Elements scope, Set<String> approvers, boolean notifyPerson) {

    public StatutoryRule {
        approvers = Set.copyOf(approvers);
    }
}
