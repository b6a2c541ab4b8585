package phr.gateway.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import phr.consent.ClientApp;
import phr.consent.Party;

/** Organisations and their client applications, as the operator registered them. */
@ApplicationScoped
@Transactional
public class Organisations {

    private static final String REFERENCE = "Organization/";

    private final OrganisationTable organisations;
    private final ClientTable clients;
    private final Set<String> firstParty;

    Organisations(
            OrganisationTable organisations,
            ClientTable clients,
            @ConfigProperty(name = "phr.first-party-clients") List<String> firstParty) {
        this.organisations = organisations;
        this.clients = clients;
        this.firstParty = Set.copyOf(firstParty);
    }

    /** @param id with or without {@code Organization/} */
    public Optional<Party> party(String id) {
        return organisations.findByIdOptional(bare(id)).map(Organisations::party);
    }

    public Optional<String> name(String id) {
        return organisations.findByIdOptional(bare(id)).map(row -> row.name);
    }

    /** Postal address as registered, for people who want to know whom they share with. */
    public Optional<String> address(String id) {
        return organisations.findByIdOptional(bare(id)).map(row -> row.address);
    }

    /** Whether people's data are fetched from it again and again (期間連携). */
    public boolean linkage(String id) {
        return organisations
                .findByIdOptional(bare(id))
                .filter(row -> row.linkage)
                .isPresent();
    }

    /** Whether there is such a source among the organisations of a class. */
    public boolean linkageOfClass(String code) {
        return organisations.list("linkage", true).stream()
                .anyMatch(row -> Set.of(row.classes).contains(code));
    }

    /** Whether the client belongs to the PHR provider itself. */
    public boolean firstParty(String client) {
        return firstParty.contains(client);
    }

    /**
     * The client application in a call. A client registered with the caller's own organisation counts there; otherwise the
     * organisation that registered it is its vendor and a receiving party.
     *
     * @param organisation acted for, null for a citizen
     * @return empty for a client nobody registered
     */
    public Optional<ClientApp> app(String client, @Nullable String organisation) {
        if (firstParty.contains(client)) {
            return Optional.of(new ClientApp(client, true, false, null));
        }
        List<ClientRow> rows = clients.of(client);
        return rows.stream()
                .filter(row -> row.organisation.equals(organisation))
                .findFirst()
                .or(() -> rows.stream().findFirst())
                .map(row -> new ClientApp(
                        client,
                        false,
                        row.processor && row.organisation.equals(organisation),
                        party(row.organisation).orElse(null)));
    }

    private static Party party(OrganisationRow row) {
        return new Party(REFERENCE + row.id, Set.of(row.id), Set.of(row.classes), row.country);
    }

    static String bare(String id) {
        return id.startsWith(REFERENCE) ? id.substring(REFERENCE.length()) : id;
    }
}
