package phr.gateway.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** An organisation that may ask for records. */
@Entity
@Table(name = "organisation")
class OrganisationRow {

    @Id
    String id;

    @Column
    String name;

    @Column
    String[] classes;

    @Column
    String country;

    @Column(name = "updated_at")
    Instant updatedAt;
}
