package phr.consent.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Column;
import jakarta.persistence.ColumnResult;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityResult;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.SqlResultSetMapping;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import phr.consent.chain.ChainedRow;

/** A row of {@code directive_version}; insert only. */
@Entity
@Immutable
@IdClass(DirectiveKey.class)
@Table(name = "directive_version")
@SqlResultSetMapping(
        name = DirectiveVersion.ACTING,
        entities = @EntityResult(entityClass = DirectiveVersion.class),
        columns = @ColumnResult(name = "last_type", type = String.class))
class DirectiveVersion extends ChainedRow {

    /** A version and the type of its last event. */
    static final String ACTING = "DirectiveVersion.acting";

    @Id
    @Column(name = "directive_id")
    public UUID directiveId;

    @Id
    @Column(name = "version")
    public int number;

    @Column(name = "effect")
    public String effect;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "body")
    public String body;

    @Column(name = "body_sha256")
    public byte[] bodySha256;

    @Column(name = "valid_from")
    public @Nullable Instant validFrom;

    @Column(name = "valid_to")
    public @Nullable Instant validTo;

    @Column(name = "grantor_id")
    public UUID grantorId;

    @Column(name = "grantor_capacity")
    public String grantorCapacity;

    @Column(name = "authority_id")
    public @Nullable UUID authorityId;

    @Column(name = "policy_text_id")
    public String policyTextId;

    @Column(name = "policy_text_version")
    public int policyTextVersion;

    @Column(name = "policy_text_sha256")
    public byte[] policyTextSha256;

    @Column(name = "language")
    public String language;

    @Column(name = "collection_method")
    public String collectionMethod;

    @Column(name = "evidence_id")
    public @Nullable UUID evidenceId;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "origin")
    public @Nullable String origin;

    @Column(name = "recorded_by")
    public String recordedBy;

    @Override
    protected ObjectNode content() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("directive", directiveId.toString()).put("version", number).put("effect", effect);
        json.put("body", hex(bodySha256));
        put(json, "validFrom", validFrom);
        put(json, "validTo", validTo);
        json.put("grantor", grantorId.toString()).put("capacity", grantorCapacity);
        put(json, "authority", authorityId);
        json.put("policy", policyTextId).put("policyVersion", policyTextVersion);
        json.put("policyHash", hex(policyTextSha256)).put("language", language);
        json.put("method", collectionMethod).put("recordedBy", recordedBy);
        put(json, "evidence", evidenceId);
        return json;
    }
}
