package phr.consent.chain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/** The hash chains of a person: each row hash covers the one before and every column (consent-semantics.md §9). */
@ApplicationScoped
@Transactional
public class Chains {

    private final EntityManager entities;

    Chains(EntityManager entities) {
        this.entities = entities;
    }

    /** Writes the row behind the person's last one of the same table; the person is locked. */
    public void append(ChainedRow row, PersonId person, Instant now) {
        row.personId = person.value();
        row.recordedAt = now;
        ChainedRow last = last(row.getClass(), person.value());
        row.chainSeq = last == null ? 1 : last.chainSeq + 1;
        row.prevHash = last == null ? Chain.start() : last.rowHash;
        row.rowHash = hash(row);
        entities.persist(row);
        entities.flush();
    }

    /** The rows of the person in the order they were written. */
    public <R extends ChainedRow> List<R> of(Class<R> table, PersonId person) {
        return entities.createQuery("from " + table.getSimpleName() + " where personId = ?1 order by chainSeq", table)
                .setParameter(1, person.value())
                .getResultList();
    }

    /** Whether every row of the person still is what was written, in the order it was written. */
    public boolean intact(Class<? extends ChainedRow> table, PersonId person) {
        byte[] previous = Chain.start();
        long seq = 0;
        for (ChainedRow row : of(table, person)) {
            boolean linked = row.chainSeq == ++seq && Arrays.equals(previous, row.prevHash);
            if (!linked || !Arrays.equals(row.rowHash, hash(row))) {
                return false;
            }
            previous = row.rowHash;
        }
        return true;
    }

    private @Nullable ChainedRow last(Class<? extends ChainedRow> table, UUID person) {
        return entities.createQuery(
                        "from " + table.getSimpleName() + " where personId = ?1 order by chainSeq desc", table)
                .setParameter(1, person)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }

    private static byte[] hash(ChainedRow row) {
        ObjectNode json = row.content();
        json.put("person", row.personId.toString());
        json.put("recordedAt", row.recordedAt.toString());
        return Chain.hash(row.chainSeq, row.prevHash, json);
    }
}
