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
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code directive_version}; insert only. */
@Entity
@Immutable
@IdClass(DirectiveKey.class)
@Table(name = "directive_version")
class DirectiveVersion extends PanacheEntityBase {

    @Id
    @Column(name = "directive_id")
    public UUID directiveId;

    @Id
    @Column(name = "version")
    public int number;

    @Column(name = "person_id")
    public UUID personId;

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

    @Column(name = "recorded_at")
    public Instant recordedAt;

    @Column(name = "recorded_by")
    public String recordedBy;

    @Column(name = "chain_seq")
    public long chainSeq;

    @Column(name = "prev_hash")
    public byte[] prevHash;

    @Column(name = "row_hash")
    public byte[] rowHash;

    static List<DirectiveVersion> ofPerson(UUID person) {
        return list("personId = ?1 order by chainSeq", person);
    }

    static @Nullable DirectiveVersion last(UUID person) {
        return DirectiveVersion.<DirectiveVersion>find("personId = ?1 order by chainSeq desc", person)
                .page(0, 1)
                .firstResult();
    }
}
