package phr.gateway.record;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import phr.fhir.PersonId;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.Acquaintances;

/** From the id of a resource alone to the person whose consent decides. */
@Singleton
public final class Holders {

    private final Owners owners;
    private final CurrentCaller caller;
    private final Acquaintances acquaintances;

    Holders(Owners owners, CurrentCaller caller, Acquaintances acquaintances) {
        this.owners = owners;
        this.caller = caller;
        this.acquaintances = acquaintances;
    }

    /** Empty when nobody whom the caller may know has such a resource; whether she knows the person is still checked. */
    public Optional<PersonId> of(String type, UUID id) {
        Optional<PersonId> owner = owners.owner(type, id);
        if (owner.isPresent() || !type.equals("Observation")) {
            return owner;
        }
        Acquaintances.Known known = acquaintances.of(caller.get());
        return owners.ofSample(id, known.persons(), known.organisation());
    }
}
