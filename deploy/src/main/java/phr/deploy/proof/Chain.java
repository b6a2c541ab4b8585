package phr.deploy.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * One chain of an export. The hash of a line is SHA-256 over its fields in fixed order, each as UTF-8 with its length in four
 * bytes before it; a missing field has length −1, a list its number of elements. The first line follows the hash of nothing.
 */
final class Chain {

    private static final List<String> ENTRY = List.of(
            "previous",
            "person",
            "seq",
            "at",
            "organisation",
            "organisationName",
            "app",
            "user",
            "action",
            "interaction",
            "purposes",
            "outcome",
            "reason",
            "directives");
    private static final List<String> DELIVERY =
            List.of("previous", "person", "seq", "entry", "at", "outcome", "items");

    private final List<String> fields;
    private long seq;
    private long withheld;
    private String last = hex(digester().digest());

    private Chain(List<String> fields) {
        this.fields = fields;
    }

    static Chain ofEntries() {
        return new Chain(ENTRY);
    }

    static Chain ofDeliveries() {
        return new Chain(DELIVERY);
    }

    /** @throws BrokenChainException when the line does not continue the chain */
    void add(JsonNode line) {
        seq++;
        if (line.path("seq").asLong() != seq) {
            throw new BrokenChainException("number " + seq + " is missing or out of order");
        }
        if (!line.path("previous").asText().equals(last)) {
            throw new BrokenChainException("number " + seq + " does not follow the one before it");
        }
        if (line.path("withheld").asBoolean()) {
            withheld++;
            last = line.path("hash").asText();
            return;
        }
        String hash = hash(line);
        if (!line.path("hash").asText().equals(hash)) {
            throw new BrokenChainException("number " + seq + " was changed");
        }
        last = hash;
    }

    long seq() {
        return seq;
    }

    /** Lines that show their hash only: nobody can tell here what they say, but neither can they be exchanged. */
    long withheld() {
        return withheld;
    }

    String last() {
        return last;
    }

    private String hash(JsonNode line) {
        MessageDigest digest = digester();
        fields.forEach(field -> add(digest, line.get(field)));
        if (fields == ENTRY && line.has("detail")) {
            add(digest, line.get("detail"));
        }
        return hex(digest.digest());
    }

    private static void add(MessageDigest digest, @org.jspecify.annotations.Nullable JsonNode value) {
        if (value == null) {
            length(digest, -1);
        } else if (value.isArray()) {
            length(digest, value.size());
            value.forEach(element -> add(digest, element));
        } else {
            byte[] bytes = value.asText().getBytes(StandardCharsets.UTF_8);
            length(digest, bytes.length);
            digest.update(bytes);
        }
    }

    private static void length(MessageDigest digest, int value) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    private static MessageDigest digester() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
