package phr.consent.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.CanonicalJson;
import phr.consent.directive.DirectiveReader;
import phr.consent.ledger.Notice;
import phr.fhir.PersonId;
import phr.fhir.Sha256;

/** A row of {@code consent_request}; insert only. */
@Entity
@Immutable
@Table(name = "consent_request")
class RequestRow extends ChainedRow {

    private static final JsonMapper MAPPER = new JsonMapper();

    @Id
    @Column(name = "request_id")
    public UUID id;

    @Column(name = "person_id")
    public UUID personId;

    @Column(name = "requester")
    public String requester;

    @Column(name = "requested_by")
    public String requestedBy;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "body")
    public String body;

    @Column(name = "words")
    public @Nullable String words;

    @Column(name = "benefit")
    public @Nullable String benefit;

    @Column(name = "policy_text_id")
    public String policyTextId;

    @Column(name = "policy_text_version")
    public int policyTextVersion;

    @Column(name = "policy_text_sha256")
    public byte[] policyTextSha256;

    @Column(name = "language")
    public String language;

    @Column(name = "expires_at")
    public Instant expiresAt;

    static List<RequestRow> ofPerson(UUID person) {
        return list("personId = ?1 order by chainSeq", person);
    }

    static @Nullable RequestRow last(UUID person) {
        return RequestRow.<RequestRow>find("personId = ?1 order by chainSeq desc", person)
                .page(0, 1)
                .firstResult();
    }

    @Override
    ObjectNode content() {
        ObjectNode json = json(personId, recordedAt);
        json.put("request", id.toString()).put("requester", requester).put("requestedBy", requestedBy);
        json.put("body", Sha256.of(CanonicalJson.bytes(tree())).hex());
        put(json, "words", words);
        put(json, "benefit", benefit);
        json.put("policy", policyTextId).put("policyVersion", Integer.toString(policyTextVersion));
        json.put("policyHash", HexFormat.of().formatHex(policyTextSha256)).put("language", language);
        return json.put("expiresAt", expiresAt.toString());
    }

    ConsentRequest at(Instant now, @Nullable Answer answer) {
        Question question =
                new Question(requester, requestedBy, DirectiveReader.read(tree()), words, benefit, language, expiresAt);
        Notice notice = new Notice(policyTextId, policyTextVersion, language, Sha256.from(policyTextSha256));
        RequestStatus status = RequestStatus.at(now, expiresAt, answer);
        return new ConsentRequest(id, new PersonId(personId), question, notice, recordedAt, expiresAt, status, answer);
    }

    private JsonNode tree() {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored request is JSON", e);
        }
    }
}
