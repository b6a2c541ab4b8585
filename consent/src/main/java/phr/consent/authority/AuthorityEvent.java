package phr.consent.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import phr.consent.chain.ChainedRow;

/** A row of {@code authority_event}; insert only. The state is the fold. */
@Entity
@Immutable
@IdClass(AuthorityEvent.Key.class)
@Table(name = "authority_event")
class AuthorityEvent extends ChainedRow {

    record Key(UUID authorityId, int number) implements Serializable {}

    @Id
    @Column(name = "authority_id")
    public UUID authorityId;

    @Id
    @Column(name = "seq")
    public int number;

    @Column(name = "type")
    public String type;

    @Column(name = "actor")
    public String actor;

    @Column(name = "reason")
    public @Nullable String reason;

    @Column(name = "holder_id")
    public @Nullable UUID holderId;

    @Column(name = "evidence_id")
    public @Nullable UUID evidenceId;

    @Column(name = "review_due")
    public @Nullable Instant reviewDue;

    @Column(name = "supervisor_appointed_at")
    public @Nullable Instant supervisorAppointedAt;

    @Column(name = "court_ref")
    public @Nullable String courtRef;

    @Override
    protected ObjectNode content() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("authority", authorityId.toString()).put("seq", number).put("type", type);
        json.put("actor", actor);
        put(json, "reason", reason);
        put(json, "holder", holderId);
        put(json, "evidence", evidenceId);
        put(json, "reviewDue", reviewDue);
        put(json, "supervisorAppointedAt", supervisorAppointedAt);
        put(json, "court", courtRef);
        return json;
    }
}
