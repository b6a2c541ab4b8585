package phr.consent.engine;

import java.util.List;
import java.util.Set;
import phr.consent.directive.Directive;
import phr.fhir.PersonId;

/**
 * Everything one person has said, as of one epoch: current versions, in any order and any state.
 *
 * @param epoch consent epoch read before the directives
 */
public record Policy(PersonId subject, long epoch, List<Directive> directives, Circumstances circumstances) {

    public Policy {
        directives = List.copyOf(directives);
    }

    /** Directives alone; life-stage rules are not applied. */
    public Policy(PersonId subject, long epoch, List<Directive> directives) {
        this(subject, epoch, directives, Circumstances.NONE);
    }

    /** @param ids of directives that are left out */
    public Policy without(Set<String> ids) {
        return ids.isEmpty()
                ? this
                : new Policy(
                        subject,
                        epoch,
                        directives.stream()
                                .filter(directive -> !ids.contains(directive.id()))
                                .toList(),
                        circumstances);
    }
}
