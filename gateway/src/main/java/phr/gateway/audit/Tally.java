package phr.gateway.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;

/**
 * Counts what one permitted access hands out or takes in, for the ledgers (consent-semantics.md §16.3): categories, types and
 * digests, never a value.
 *
 * <p>What is known when the access is decided stands in its entry. What leaves as a stream is announced with {@link #later}; the
 * entry is durable before the first byte, and {@link #complete} or {@link #broken} adds what really left.
 */
public final class Tally {

    /** Single resources are listed by digest up to this many; more are covered by the one digest over all. */
    static final int LISTED = 16;

    static final String NO_CATEGORY = "uncategorised";

    private final Map<String, Long> categories = new TreeMap<>();
    private final Map<String, Long> types = new TreeMap<>();
    private final ArrayNode digests = JsonNodeFactory.instance.arrayNode();
    private MessageDigest all = Sha256.digester();
    private long resources;
    private boolean counted;
    private boolean later;
    private boolean continues;
    private boolean ended;
    private @Nullable Source source;
    private @Nullable Counterpart destination;
    private @Nullable Delivery delivery;

    /** Where the end of a delivery is recorded. */
    interface Delivery {
        void ended(boolean complete, String items);
    }

    /** From now on the ledger says what was handed out, be it nothing. */
    public Tally count() {
        counted = true;
        return this;
    }

    /** One resource that leaves or comes in. */
    public void add(String type, UUID id, int version, Collection<String> of, byte[] json) {
        add(type, id, version, of, digests.size() < LISTED ? Sha256.of(json) : null);
    }

    /** One dense sample; its JSON is made only when it is listed. */
    public void sample(UUID id, Collection<String> of, Supplier<byte[]> json) {
        add("Observation", id, 1, of, digests.size() < LISTED ? Sha256.of(json.get()) : null);
    }

    /** An original file. */
    public void original(UUID binary, Sha256 content) {
        add("Binary", binary, 1, Set.of(), content);
    }

    private void add(String type, UUID id, int version, Collection<String> of, @Nullable Sha256 content) {
        count();
        resources++;
        types.merge(type, 1L, Long::sum);
        (of.isEmpty() ? Set.of(NO_CATEGORY) : of).forEach(category -> categories.merge(category, 1L, Long::sum));
        all.update((type + "/" + id + "/" + version + "\n").getBytes(StandardCharsets.UTF_8));
        if (content != null) {
            digests.add(content.hex());
        }
    }

    /** Counts from the beginning: the same resources are read once more. */
    public void restart() {
        categories.clear();
        types.clear();
        digests.removeAll();
        all = Sha256.digester();
        resources = 0;
        count();
    }

    /** What is counted leaves after the entry is written. */
    public void later() {
        count();
        later = true;
    }

    /** A further page of an access that has an entry already: the ledgers show both as one. */
    public void continues() {
        continues = true;
    }

    /** How data came in (APPI 30). */
    public void from(Source value) {
        source = value;
    }

    /** Another provider that a package is meant for. */
    public void to(Counterpart value) {
        destination = value;
    }

    /** All of it left. Cannot fail: the answer is out. */
    public void complete() {
        end(true);
    }

    /** It was broken off; the counts say how far it came at most. */
    public void broken() {
        end(false);
    }

    private void end(boolean complete) {
        if (delivery != null && !ended) {
            ended = true;
            delivery.ended(complete, Detail.text(items()));
        }
    }

    void entered(Delivery where) {
        delivery = where;
    }

    boolean isLater() {
        return later;
    }

    boolean isContinued() {
        return continues;
    }

    @Nullable
    Source source() {
        return source;
    }

    @Nullable
    Counterpart destination() {
        return destination;
    }

    /** Null when nobody counted, or it is still to come. */
    @Nullable
    ObjectNode known() {
        return counted && !later ? items() : null;
    }

    private ObjectNode items() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("resources", resources);
        counts(json.putObject("categories"), categories);
        counts(json.putObject("types"), types);
        if (resources > 0) {
            json.put("digest", Sha256.from(snapshot()).hex());
            json.set("digests", digests.deepCopy());
        }
        return json;
    }

    private byte[] snapshot() {
        try {
            return ((MessageDigest) all.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the platform can be copied", e);
        }
    }

    private static void counts(ObjectNode json, Map<String, Long> counts) {
        counts.forEach(json::put);
    }
}
