package phr.consent;

/** The one door to a person's record: asks the ledger what is in force now and answers with a {@link Decision}. */
public interface ConsentGate {

    /**
     * Decides the call and, when permitted, compiles the policy for its rows.
     *
     * <p>Never throws for a refusal; an internal error is a denial with {@link Denial.Reason#INDETERMINATE}.
     */
    Decision decide(AccessRequest request);
}
