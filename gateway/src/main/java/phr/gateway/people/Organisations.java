package phr.gateway.people;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.consent.ClientApp;
import phr.consent.Party;

/** Organisations and their client applications, as the operator registered them. */
public interface Organisations {

    /**
     * @param id with or without {@code Organization/}
     */
    Optional<Party> party(String id);

    Optional<String> name(String id);

    /**
     * The client application in a call.
     *
     * @param organisation acted for, null for a citizen
     * @return empty for a client nobody registered
     */
    Optional<ClientApp> app(String client, @Nullable String organisation);
}
