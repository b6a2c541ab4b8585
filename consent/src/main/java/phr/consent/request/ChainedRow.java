package phr.consent.request;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.chain.Chain;

/** A row of an insert-only table that is hash-chained per person. */
@MappedSuperclass
abstract class ChainedRow extends PanacheEntityBase {

    @Column(name = "recorded_at")
    public Instant recordedAt;

    @Column(name = "chain_seq")
    public long chainSeq;

    @Column(name = "prev_hash")
    public byte[] prevHash;

    @Column(name = "row_hash")
    public byte[] rowHash;

    /** Every column but those of the chain. */
    abstract ObjectNode content();

    /** Adds the row after the last one; the person holds the lock. */
    void persistAfter(@Nullable ChainedRow last) {
        chainSeq = last == null ? 1 : last.chainSeq + 1;
        prevHash = last == null ? Chain.start() : last.rowHash;
        rowHash = hash();
        persistAndFlush();
    }

    /** @param rows of one table and person, in the order of the chain */
    static boolean intact(List<? extends ChainedRow> rows) {
        byte[] previous = Chain.start();
        long seq = 0;
        for (ChainedRow row : rows) {
            boolean linked = row.chainSeq == ++seq && Arrays.equals(previous, row.prevHash);
            if (!linked || !Arrays.equals(row.hash(), row.rowHash)) {
                return false;
            }
            previous = row.rowHash;
        }
        return true;
    }

    static ObjectNode json(UUID person, Instant recordedAt) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("person", person.toString())
                .put("recordedAt", recordedAt.toString());
    }

    static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }

    private byte[] hash() {
        return Chain.hash(chainSeq, prevHash, content());
    }
}
