package phr.consent.lifeevent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import phr.consent.chain.ChainedRow;

/** A row of {@code life_event}: a report; insert only. */
@Entity
@Immutable
@Table(name = "life_event")
class LifeEventRow extends ChainedRow {

    @Id
    public UUID id;

    @Column(name = "type")
    public String type;

    @Column(name = "effective_at")
    public Instant effectiveAt;

    @Column(name = "reported_by")
    public String reportedBy;

    @Column(name = "authority_id")
    public @Nullable UUID authorityId;

    @Column(name = "evidence_id")
    public @Nullable UUID evidenceId;

    @Override
    protected ObjectNode content() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id.toString()).put("type", type).put("effectiveAt", effectiveAt.toString());
        json.put("reportedBy", reportedBy);
        put(json, "authority", authorityId);
        put(json, "evidence", evidenceId);
        return json;
    }
}
