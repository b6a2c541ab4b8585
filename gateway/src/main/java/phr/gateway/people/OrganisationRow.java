package phr.gateway.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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

    @Column
    @Nullable
    String address;

    @Column
    @Nullable
    String representative;

    @Column
    @Nullable
    String contact;

    @Column
    @Nullable
    String webhook;

    @Column
    boolean emergency;

    @Column
    boolean suspended;

    @Column
    boolean linkage;

    @Column
    String[] areas = {};

    @Column(name = "updated_at")
    Instant updatedAt;
}
