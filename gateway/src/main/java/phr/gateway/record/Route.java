package phr.gateway.record;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import phr.consent.Action;
import phr.fhir.PersonId;
import phr.gateway.access.Ask;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.caller.Interaction;

/** From the id of a resource to the person whose consent decides. */
@Singleton
final class Route {

    private final Owners owners;
    private final CurrentCaller caller;

    Route(Owners owners, CurrentCaller caller) {
        this.owners = owners;
        this.caller = caller;
    }

    /**
     * The question for the holder's consent.
     *
     * @throws phr.fhir.failure.FailureException NOT_FOUND when nobody holds it, after the caller is known
     */
    Ask toHolder(String type, UUID id) {
        caller.get();
        PersonId holder = owners.owner(type, id).orElseThrow(Unknown::resource);
        return Ask.ofPerson(holder, Action.READ, Interaction.READ, "read " + type, type);
    }

    /** A read knows no parameter but the format. */
    static void checkParameters(Map<String, List<String>> query) {
        query.keySet().stream().filter(name -> !name.equals("_format")).sorted().forEach(name -> {
            throw BadParameter.unknown(name);
        });
        SearchParameters.format(query);
    }
}
