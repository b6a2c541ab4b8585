package phr.gateway.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
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

    static final String REFERENCE = "Organization/";

    private final Directory directory;
    private final OrganisationTable organisations;
    private final Set<String> firstParty;

    Organisations(
            Directory directory,
            OrganisationTable organisations,
            @ConfigProperty(name = "phr.first-party-clients") List<String> firstParty) {
        this.directory = directory;
        this.organisations = organisations;
        this.firstParty = Set.copyOf(firstParty);
    }

    /** @param id with or without {@code Organization/} */
    @Transactional(TxType.SUPPORTS)
    public Optional<Party> party(String id) {
        return directory.party(bare(id));
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
    @Transactional(TxType.SUPPORTS)
    public Optional<ClientApp> app(String client, @Nullable String organisation) {
        if (firstParty.contains(client)) {
            return Optional.of(new ClientApp(client, true, false, null));
        }
        List<Directory.Client> registered = directory.clients(client);
        return registered.stream()
                .filter(one -> one.organisation().equals(organisation))
                .findFirst()
                .or(() -> registered.stream().findFirst())
                .map(one -> new ClientApp(
                        client, false, one.processor() && one.organisation().equals(organisation), one.vendor()));
    }

    static String bare(String id) {
        return id.startsWith(REFERENCE) ? id.substring(REFERENCE.length()) : id;
    }
}
