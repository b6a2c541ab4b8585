package phr.gateway.simulation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import phr.consent.ClientApp;
import phr.consent.Party;
import phr.consent.outlook.Directory;
import phr.gateway.people.Organisations;

/** The operator's registry of organisations and applications. */
@ApplicationScoped
class RegisteredParties implements Directory {

    private final Organisations organisations;

    RegisteredParties(Organisations organisations) {
        this.organisations = organisations;
    }

    @Override
    public Optional<Party> organisation(String id) {
        return organisations.party(id);
    }

    @Override
    public Optional<ClientApp> app(String id) {
        return organisations.app(id, null);
    }
}
