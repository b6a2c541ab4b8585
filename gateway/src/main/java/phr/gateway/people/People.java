package phr.gateway.people;

import java.util.Optional;
import phr.fhir.PersonId;
import phr.fhir.normalise.Account;
import phr.gateway.caller.Caller;

/** The persons of this gateway and the ids by which organisations know them. */
public interface People {

    /** The person who is logged in; empty for a system, a user of an organisation, and before registration. */
    Optional<PersonId> self(Caller caller);

    Optional<Account> account(PersonId person);

    /** The person whom the organisation knows by the pairwise id; empty when the text is no such id. */
    Optional<PersonId> known(String organisation, String patient);

    /** The pairwise id by which the organisation knows the person; empty before an introduction. */
    Optional<String> pairwise(String organisation, PersonId person);
}
