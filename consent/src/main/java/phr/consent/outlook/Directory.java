package phr.consent.outlook;

import java.util.Optional;
import phr.consent.ClientApp;
import phr.consent.Party;

/** Organisations and applications by the ids that directives use. */
public interface Directory {

    Optional<Party> organisation(String id);

    /** The application in the hands of the person, with its vendor. */
    Optional<ClientApp> app(String id);
}
