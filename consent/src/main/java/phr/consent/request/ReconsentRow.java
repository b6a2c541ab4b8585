package phr.consent.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code reconsent_answer}; insert only, one per permit that waits at most. */
@Entity
@Immutable
@Table(name = "reconsent_answer")
class ReconsentRow extends ChainedRow {

    @Id
    @Column(name = "answer_id")
    public UUID id;

    @Column(name = "person_id")
    public UUID personId;

    @Column(name = "pending_id")
    public UUID pendingId;

    @Column(name = "confirmed")
    public boolean confirmed;

    @Column(name = "directive_id")
    public @Nullable UUID directiveId;

    @Column(name = "actor")
    public String actor;

    static List<ReconsentRow> ofPerson(UUID person) {
        return list("personId = ?1 order by chainSeq", person);
    }

    @Override
    ObjectNode content() {
        ObjectNode json = json(personId, recordedAt);
        json.put("answer", id.toString()).put("pending", pendingId.toString()).put("confirmed", confirmed);
        put(json, "directive", directiveId);
        return json.put("actor", actor);
    }
}
