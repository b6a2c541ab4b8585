package phr.gateway.people;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

@ApplicationScoped
class ClientTable implements PanacheRepositoryBase<ClientRow, ClientRow.Key> {

    List<ClientRow> in(String organisation) {
        return list("organisation = ?1 order by client", organisation);
    }
}
