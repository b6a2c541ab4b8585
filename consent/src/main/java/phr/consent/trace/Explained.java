package phr.consent.trace;

import java.time.Instant;
import java.util.List;
import phr.consent.Obligation;
import phr.consent.Permit;

/**
 * A decision about one resource with everything that led to it (consent-semantics.md §16.1, §16.4).
 *
 * @param obligations sorted; empty unless permitted
 * @param purposes one per distinct declared purpose, in the order declared
 * @param trace one step per purpose and directive; empty when no directive was asked
 * @param missing names of missing inputs when the reason is INCOMPLETE
 */
public record Explained(
        Outcome outcome,
        Reason reason,
        List<Obligation> obligations,
        Permit.Basis basis,
        List<PurposeAnswer> purposes,
        List<TraceStep> trace,
        List<String> missing,
        Instant validUntil) {

    /** The answer for one declared purpose. */
    public record PurposeAnswer(String purpose, Outcome outcome, Reason reason) {}

    public Explained {
        obligations = obligations.stream().sorted().toList();
        purposes = List.copyOf(purposes);
        trace = List.copyOf(trace);
        missing = List.copyOf(missing);
    }
}
