package phr.gateway.people;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
class OrganisationTable implements PanacheRepositoryBase<OrganisationRow, String> {}
