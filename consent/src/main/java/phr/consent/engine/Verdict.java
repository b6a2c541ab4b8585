package phr.consent.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.consent.Party;
import phr.consent.directive.Directive;
import phr.consent.trace.Element;
import phr.consent.trace.TraceStep.Result;

/**
 * What one directive says about one resource for one purpose.
 *
 * @param failed the first element that failed; of NO_MATCH and NOT_IN_FORCE
 * @param exception index of the exception that decided
 * @param covers parties; of PERMIT and NEEDS_HUMAN
 * @param unlabelled it caught the resource for being unlabelled
 */
record Verdict(
        Directive directive,
        Result result,
        @Nullable Element failed,
        @Nullable Integer exception,
        List<Party> covers,
        boolean unlabelled) {

    static Verdict failed(Directive directive, Element element) {
        Result result = element.inForceOnly() ? Result.NOT_IN_FORCE : Result.NO_MATCH;
        return new Verdict(directive, result, element, null, List.of(), false);
    }

    static Verdict of(Directive directive, Result result, @Nullable Integer exception) {
        return new Verdict(directive, result, null, exception, List.of(), false);
    }

    Verdict covering(List<Party> parties) {
        return new Verdict(directive, result, failed, exception, parties, unlabelled);
    }

    Verdict becauseUnlabelled(boolean value) {
        return new Verdict(directive, result, failed, exception, covers, value);
    }
}
