package phr.consent.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one directive did for one purpose (consent-semantics.md §16.4).
 *
 * @param directive {@code id@version}
 * @param failed the first element that failed; of NO_MATCH and NOT_IN_FORCE
 * @param exception index of the exception that decided
 * @param covers ids of the receiving parties it covers; of PERMIT and NEEDS_HUMAN
 * @param rule {@code CS-n}
 */
public record TraceStep(
        String purpose,
        String directive,
        Result result,
        @Nullable Element failed,
        @Nullable Integer exception,
        List<String> covers,
        String rule,
        Sentence because) {

    /** Effect for this request. */
    public enum Result {
        PERMIT,
        DENY,
        NEEDS_HUMAN,
        /** A deny whose permit exception matches without being a permit, or that gives way to an emergency. */
        LIFTED,
        NO_MATCH,
        NOT_IN_FORCE
    }

    public TraceStep {
        covers = List.copyOf(covers);
    }

    /** A directive of somebody else than the person of the resource. */
    public static TraceStep ofAnotherPerson(String purpose, String directive) {
        return new TraceStep(
                purpose,
                directive,
                Result.NOT_IN_FORCE,
                Element.PERSON,
                null,
                List.of(),
                "CS-1",
                Sentences.failed(Element.PERSON));
    }
}
