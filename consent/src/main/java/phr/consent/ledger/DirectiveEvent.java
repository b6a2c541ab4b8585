package phr.consent.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import phr.consent.chain.ChainedRow;

/** A row of {@code directive_event}; insert only. */
@Entity
@Immutable
@IdClass(DirectiveKey.class)
@Table(name = "directive_event")
class DirectiveEvent extends ChainedRow {

    @Id
    @Column(name = "directive_id")
    public UUID directiveId;

    @Id
    @Column(name = "seq")
    public int number;

    @Column(name = "version")
    public int version;

    @Column(name = "type")
    public String type;

    @Column(name = "at")
    public Instant at;

    @Column(name = "actor")
    public String actor;

    @Column(name = "reason")
    public @Nullable String reason;

    @Column(name = "authority_id")
    public @Nullable UUID authorityId;

    @Override
    protected ObjectNode content() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("directive", directiveId.toString()).put("version", version).put("seq", number);
        json.put("type", type).put("at", at.toString()).put("actor", actor);
        put(json, "reason", reason);
        put(json, "authority", authorityId);
        return json;
    }

    Event event() {
        return new Event(version, number, Event.Type.valueOf(type), recordedAt, actor, reason, authorityId);
    }
}
