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

    /**
     * Who acts for nobody else asks for her own, whether there is such a resource or not. Empty when nobody whom the caller may know
     * has one; whether she knows the person is still checked.
     */
    public Optional<PersonId> of(String type, UUID id) {
        Acquaintances.Known known = acquaintances.of(caller.get());
        if (known.only().isPresent()) {
            return known.only();
        }
        Optional<PersonId> owner = owners.owner(type, id);
        return owner.isPresent() || !type.equals("Observation")
                ? owner
                : owners.ofSample(id, known.persons(), known.organisation());
    }
}
