package phr.gateway.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** By which id an organisation knows a person. */
@Entity
@Table(name = "pairwise_id")
class PairwiseRow {

    @Id
    UUID patient;

    @Column
    String organisation;

    @Column
    UUID person;

    @Column(name = "created_at")
    Instant createdAt;
}
