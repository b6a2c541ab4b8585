package phr.consent.fhir;

import java.util.List;
import phr.consent.directive.Condition;
import phr.consent.directive.ExceptionClause;

/** A directive that a Consent makes, before defaults, state and grantor. */
record Draft(Provision base, List<ExceptionClause> exceptions, List<Condition> conditions) {

    Draft {
        exceptions = List.copyOf(exceptions);
        conditions = List.copyOf(conditions);
    }

    static Draft of(Provision base, List<ExceptionClause> exceptions) {
        return new Draft(base, exceptions, List.of());
    }
}
