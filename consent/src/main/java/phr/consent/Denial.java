package phr.consent;

import java.util.List;
import java.util.function.Function;

/**
 * No.
 *
 * @param missing names of missing inputs when the reason is INCOMPLETE
 */
public record Denial(Reason reason, AccessRequest request, List<String> missing) implements Decision {

    /** Reasons of consent-semantics.md §16.1. Never told to a recipient beyond "consent required". */
    public enum Reason {
        INCOMPLETE,
        LAW,
        AUTHORITY,
        EXPLICIT,
        DEFAULT,
        STALE_POLICY,
        INDETERMINATE,
        HUMAN
    }

    public Denial {
        missing = List.copyOf(missing);
    }

    @Override
    public <T> T fold(Function<Permit, T> permit, Function<Denial, T> denial) {
        return denial.apply(this);
    }
}
