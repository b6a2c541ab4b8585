package phr.consent.simulation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.consent.Obligation;
import phr.consent.Permit;
import phr.consent.trace.Explained;
import phr.consent.trace.Outcome;
import phr.consent.trace.Reason;
import phr.consent.trace.TraceStep;

/** The decision about one resource of a body, ready to be written. */
record Decided(
        Given resource,
        Outcome outcome,
        Reason reason,
        List<Obligation> obligations,
        Permit.Basis basis,
        List<Explained.PurposeAnswer> purposes,
        List<TraceStep> trace,
        @Nullable Instant validUntil) {

    private static final Permit.Basis NONE = new Permit.Basis("NONE", List.of(), null, null);

    /** The same answer for every purpose, and no permit. */
    static Decided denied(
            Given resource, Reason reason, List<String> purposes, List<TraceStep> trace, @Nullable Instant validUntil) {
        List<Explained.PurposeAnswer> answers = purposes.stream()
                .map(purpose -> new Explained.PurposeAnswer(purpose, Outcome.DENY, reason))
                .toList();
        return new Decided(resource, Outcome.DENY, reason, List.of(), NONE, answers, trace, validUntil);
    }
}
