package phr.consent;

import java.util.List;
import java.util.Set;

/** The one door to a person's record: asks the ledger what is in force now and answers with a {@link Decision}. */
public interface ConsentGate {

    /**
     * Decides the call and, when permitted, compiles the policy for its rows.
     *
     * <p>Never throws for a refusal; an internal error is a denial with {@link Denial.Reason#INDETERMINATE}.
     */
    Decision decide(AccessRequest request);

    /**
     * Decides as if some directives were not in force, because what they permit is used up for now ({@code MAX_FREQUENCY},
     * consent-semantics.md §16.2).
     *
     * @param exhausted ids of directives
     */
    default Decision decide(AccessRequest request, Set<String> exhausted) {
        return exhausted.isEmpty() ? decide(request) : new Denial(Denial.Reason.DEFAULT, request, List.of());
    }
}
