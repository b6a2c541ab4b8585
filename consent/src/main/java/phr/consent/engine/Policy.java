package phr.consent.engine;

import java.util.List;
import phr.consent.directive.Directive;
import phr.fhir.PersonId;

/**
 * Everything one person has said, as of one epoch: current versions, in any order and any state.
 *
 * @param epoch consent epoch read before the directives
 */
public record Policy(PersonId subject, long epoch, List<Directive> directives) {

    public Policy {
        directives = List.copyOf(directives);
    }
}
