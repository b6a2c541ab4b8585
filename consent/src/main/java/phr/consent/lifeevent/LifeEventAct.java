package phr.consent.lifeevent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import phr.consent.chain.ChainedRow;

/** A row of {@code life_event_act}: a report is verified or withdrawn; insert only. */
@Entity
@Immutable
@IdClass(LifeEventAct.Key.class)
@Table(name = "life_event_act")
class LifeEventAct extends ChainedRow {

    record Key(UUID lifeEventId, int number) implements Serializable {}

    @Id
    @Column(name = "life_event_id")
    public UUID lifeEventId;

    @Id
    @Column(name = "seq")
    public int number;

    @Column(name = "type")
    public String type;

    @Column(name = "actor")
    public String actor;

    @Column(name = "reason")
    public @Nullable String reason;

    @Column(name = "evidence_id")
    public @Nullable UUID evidenceId;

    @Override
    protected ObjectNode content() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("lifeEvent", lifeEventId.toString()).put("seq", number).put("type", type);
        json.put("actor", actor);
        put(json, "reason", reason);
        put(json, "evidence", evidenceId);
        return json;
    }
}
