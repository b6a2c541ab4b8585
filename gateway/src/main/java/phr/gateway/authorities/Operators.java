package phr.gateway.authorities;

import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;

/** What only an operator may do. */
public final class Operators {

    private static final String ROLE = "operator";

    private Operators() {}

    public static boolean is(Caller caller) {
        return caller.roles().contains(ROLE);
    }

    /** @throws phr.fhir.failure.FailureException FORBIDDEN */
    public static Caller require(Caller caller) {
        if (!is(caller)) {
            throw Failure.of(Category.FORBIDDEN, "operators-only", "only an operator may do this")
                    .exception();
        }
        return caller;
    }
}
