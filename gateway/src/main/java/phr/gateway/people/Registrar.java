package phr.gateway.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import phr.consent.ledger.ConsentEpochs;

/** Writes the registry of organisations for the operator. */
@ApplicationScoped
@Transactional
class Registrar {

    private final OrganisationTable organisations;
    private final ClientTable clients;
    private final PairwiseTable pairwise;
    private final ConsentEpochs epochs;
    private final Clock clock;
    private final Event<OrganisationRegistered> registered;

    Registrar(
            OrganisationTable organisations,
            ClientTable clients,
            PairwiseTable pairwise,
            ConsentEpochs epochs,
            Clock clock,
            Event<OrganisationRegistered> registered) {
        this.registered = registered;
        this.organisations = organisations;
        this.clients = clients;
        this.pairwise = pairwise;
        this.epochs = epochs;
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
        stand(row, body);
        if (known == null) {
            organisations.persist(row);
        }
        replaceClients(id, body.clients());
        registered.fire(new OrganisationRegistered(id));
        return known == null;
    }

    /** A suspension, and its end, must be met by the very next request about anybody whom the organisation knows. */
    private void stand(OrganisationRow row, OrganisationBody body) {
        if (!List.of(row.areas).equals(body.areas() == null ? List.of(row.areas) : body.areas())) {
            epochs.bumpEverybody();
        }
        row.emergency = body.emergency() == null ? row.emergency : body.emergency();
        row.linkage = body.linkage() == null ? row.linkage : body.linkage();
        row.areas = body.areas() == null ? row.areas : body.areas().toArray(String[]::new);
        if (body.suspended() != null && body.suspended() != row.suspended) {
            row.suspended = body.suspended();
            pairwise.bumpEpochs(row.id);
            epochs.bumpEverybody();
        }
    }

    OrganisationBody.Listed listed(String id) {
        return listed(organisations.findById(id));
    }

    List<OrganisationBody.Listed> list() {
        return organisations.list("order by id").stream().map(this::listed).toList();
    }

    private OrganisationBody.Listed listed(OrganisationRow row) {
        return new OrganisationBody.Listed(
                row.id,
                row.name,
                List.of(row.classes),
                row.country,
                clients.in(row.id).stream()
                        .map(client -> new OrganisationBody.Client(client.client, client.processor))
                        .toList(),
                row.address,
                row.representative,
                row.contact,
                row.emergency,
                row.suspended,
                row.linkage,
                List.of(row.areas));
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
