package phr.consent.ledger;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code directive_event}; insert only. */
@Entity
@Immutable
@IdClass(DirectiveKey.class)
@Table(name = "directive_event")
class DirectiveEvent extends PanacheEntityBase {

    @Id
    @Column(name = "directive_id")
    public UUID directiveId;

    @Id
    @Column(name = "seq")
    public int number;

    @Column(name = "version")
    public int version;

    @Column(name = "person_id")
    public UUID personId;

    @Column(name = "type")
    public String type;

    @Column(name = "at")
    public Instant at;

    @Column(name = "actor")
    public String actor;

    @Column(name = "reason")
    public @Nullable String reason;

    @Column(name = "recorded_at")
    public Instant recordedAt;

    @Column(name = "chain_seq")
    public long chainSeq;

    @Column(name = "prev_hash")
    public byte[] prevHash;

    @Column(name = "row_hash")
    public byte[] rowHash;

    static List<DirectiveEvent> ofPerson(UUID person) {
        return list("personId = ?1 order by chainSeq", person);
    }

    static @Nullable DirectiveEvent last(UUID person) {
        return DirectiveEvent.<DirectiveEvent>find("personId = ?1 order by chainSeq desc", person)
                .page(0, 1)
                .firstResult();
    }

    Event event() {
        return new Event(version, number, Event.Type.valueOf(type), recordedAt, actor, reason);
    }
}
