package phr.consent.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A row of {@code consent_block}; insert only, the newest of a party counts. */
@Entity
@Immutable
@Table(name = "consent_block")
class BlockRow extends ChainedRow {

    @Id
    @Column(name = "block_id")
    public UUID id;

    @Column(name = "person_id")
    public UUID personId;

    @Column(name = "party")
    public String party;

    @Column(name = "blocked")
    public boolean blocked;

    @Column(name = "actor")
    public String actor;

    static List<BlockRow> ofPerson(UUID person) {
        return list("personId = ?1 order by chainSeq", person);
    }

    @Override
    ObjectNode content() {
        ObjectNode json = json(personId, recordedAt);
        json.put("block", id.toString()).put("party", party);
        return json.put("blocked", blocked).put("actor", actor);
    }
}
