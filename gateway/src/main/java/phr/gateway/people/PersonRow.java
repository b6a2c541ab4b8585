package phr.gateway.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person as the gateway knows her: a login and a sealed account. */
@Entity
@Table(name = "person")
class PersonRow {

    @Id
    UUID id;

    @Column
    String issuer;

    @Column
    String subject;

    @Column
    byte[] account;

    @Column(name = "created_at")
    Instant createdAt;

    @Column
    boolean enrolled;

    @Column
    @Nullable
    Instant erased;
}
