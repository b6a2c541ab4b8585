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

/** A row of {@code consent_request_answer}; insert only, one per request at most. */
@Entity
@Immutable
@Table(name = "consent_request_answer")
class AnswerRow extends ChainedRow {

    @Id
    @Column(name = "request_id")
    public UUID requestId;

    @Column(name = "person_id")
    public UUID personId;

    @Column(name = "type")
    public String type;

    @Column(name = "actor")
    public String actor;

    @Column(name = "reason")
    public @Nullable String reason;

    @Column(name = "directive_id")
    public @Nullable UUID directiveId;

    @Column(name = "directive_version")
    public @Nullable Integer directiveVersion;

    static List<AnswerRow> ofPerson(UUID person) {
        return list("personId = ?1 order by chainSeq", person);
    }

    static @Nullable AnswerRow last(UUID person) {
        return AnswerRow.<AnswerRow>find("personId = ?1 order by chainSeq desc", person)
                .page(0, 1)
                .firstResult();
    }

    @Override
    ObjectNode content() {
        ObjectNode json = json(personId, recordedAt);
        json.put("request", requestId.toString()).put("type", type).put("actor", actor);
        put(json, "reason", reason);
        put(json, "directive", directiveId);
        put(json, "directiveVersion", directiveVersion);
        return json;
    }

    Answer answer() {
        return new Answer(RequestStatus.valueOf(type), recordedAt, actor, reason, directiveId, directiveVersion);
    }
}
