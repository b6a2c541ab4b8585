package phr.gateway.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;

/** Writes the registry of organisations for the operator. */
@ApplicationScoped
@Transactional
class Registrar {

    private final OrganisationTable organisations;
    private final ClientTable clients;
    private final Clock clock;

    Registrar(OrganisationTable organisations, ClientTable clients, Clock clock) {
        this.organisations = organisations;
        this.clients = clients;
        this.clock = clock;
    }

    /** Registers or replaces the organisation with its clients; true when it is new. */
    boolean put(String id, OrganisationBody body) {
        OrganisationRow known = organisations.findById(id);
        OrganisationRow row = known == null ? new OrganisationRow() : known;
        row.id = id;
        row.name = body.name();
        row.classes = body.classes().toArray(String[]::new);
        row.country = body.country();
        row.address = body.address();
        row.representative = body.representative();
        row.contact = body.contact();
        row.webhook = body.webhook();
        row.updatedAt = clock.instant();
        if (known == null) {
            organisations.persist(row);
        }
        replaceClients(id, body.clients());
        return known == null;
    }

    List<OrganisationBody.Listed> list() {
        return organisations.list("order by id").stream()
                .map(row -> new OrganisationBody.Listed(
                        row.id,
                        row.name,
                        List.of(row.classes),
                        row.country,
                        clients.in(row.id).stream()
                                .map(client -> new OrganisationBody.Client(client.client, client.processor))
                                .toList(),
                        row.address,
                        row.representative,
                        row.contact))
                .toList();
    }

    private void replaceClients(String organisation, List<OrganisationBody.Client> wanted) {
        clients.delete("organisation = ?1", organisation);
        clients.getEntityManager().flush();
        clients.getEntityManager().clear();
        for (OrganisationBody.Client client : wanted) {
            ClientRow row = new ClientRow();
            row.organisation = organisation;
            row.client = client.id();
            row.processor = client.processor();
            clients.persist(row);
        }
    }
}
