package phr.consent.evidence;

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
import phr.consent.chain.ChainedRow;

/** A row of {@code receipt}: byte for byte what was handed out; insert only. */
@Entity
@Immutable
@IdClass(ReceiptRow.Key.class)
@Table(name = "receipt")
class ReceiptRow extends ChainedRow {

    record Key(UUID directiveId, int version) implements Serializable {}

    @Id
    @Column(name = "directive_id")
    public UUID directiveId;

    @Id
    @Column(name = "version")
    public int version;

    @Column(name = "body")
    public String body;

    @Column(name = "signature")
    public String signature;

    @Override
    protected ObjectNode content() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("directive", directiveId.toString()).put("version", version);
        return json.put("body", body).put("signature", signature);
    }
}
