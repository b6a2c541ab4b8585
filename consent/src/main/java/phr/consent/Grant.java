package phr.consent;

import java.util.Set;

/** One pair of the compiled policy: rows for which the predicate is true are released under the obligations (§14.1). */
public record Grant(Predicate predicate, Set<Obligation> obligations) {

    public Grant {
        obligations = Set.copyOf(obligations);
    }
}
