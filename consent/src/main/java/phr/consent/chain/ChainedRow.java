package phr.consent.chain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What every row of a person's ledger has: whose it is, when it was recorded, and its place in the chain of its table. */
@MappedSuperclass
public abstract class ChainedRow extends PanacheEntityBase {

    @Column(name = "person_id")
    public UUID personId;

    @Column(name = "recorded_at")
    public Instant recordedAt;

    /** From 1, per person and table. */
    @Column(name = "chain_seq")
    public long chainSeq;

    @Column(name = "prev_hash")
    public byte[] prevHash;

    @Column(name = "row_hash")
    public byte[] rowHash;

    /** Every column but those of the chain, as the hash covers them. */
    protected abstract ObjectNode content();

    protected static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }

    protected static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
