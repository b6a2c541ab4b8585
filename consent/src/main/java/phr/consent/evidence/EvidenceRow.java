package phr.consent.evidence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import phr.consent.chain.ChainedRow;
import phr.fhir.Sha256;

/** A row of {@code evidence}; insert only. */
@Entity
@Immutable
@Table(name = "evidence")
class EvidenceRow extends ChainedRow {

    @Id
    public UUID id;

    @Column(name = "kind")
    public String kind;

    @Column(name = "media_type")
    public String mediaType;

    @Column(name = "sha256")
    public byte[] sha256;

    @Column(name = "storage_ref")
    public @Nullable String storageRef;

    @Column(name = "signature")
    public @Nullable String signature;

    @Column(name = "cosignature")
    public @Nullable String cosignature;

    @Column(name = "recorded_by")
    public String recordedBy;

    @Override
    protected ObjectNode content() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id.toString()).put("kind", kind).put("mediaType", mediaType);
        json.put("sha256", hex(sha256)).put("recordedBy", recordedBy);
        put(json, "storageRef", storageRef);
        put(json, "signature", signature);
        put(json, "cosignature", cosignature);
        return json;
    }

    Evidence evidence() {
        return new Evidence(id, kind, mediaType, Sha256.from(sha256), storageRef, signature, cosignature);
    }
}
