package phr.deploy.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.text.ParseException;
import java.util.Set;

/** An export of {@code GET /audit/[person]?_format=ndjson}: entries, deliveries, and last the signed head. */
public final class ExportedLog {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String HEAD_TYPE = "phr-ledger-head+jws";

    private final JWKSet keys;
    private final Chain entries = Chain.ofEntries();
    private final Chain deliveries = Chain.ofDeliveries();
    private String person = "";
    private boolean closed;

    private ExportedLog(JWKSet keys) {
        this.keys = keys;
    }

    /**
     * What was found whole.
     *
     * @param withheld lines among them that show their hash only, as a guardian's export does
     */
    public record Whole(long entries, long deliveries, long withheld, String at) {}

    /**
     * Reads line by line.
     *
     * @param keys public keys of the provider, as it publishes them
     * @throws BrokenChainException at the first line that is not what was written
     */
    public static Whole verify(BufferedReader export, JWKSet keys) throws IOException {
        ExportedLog log = new ExportedLog(keys);
        Whole whole = null;
        int number = 0;
        for (String line = export.readLine(); line != null; line = export.readLine()) {
            number++;
            try {
                whole = log.read(line);
            } catch (BrokenChainException e) {
                throw new BrokenChainException("line " + number + ": " + e.getMessage());
            }
        }
        if (whole == null) {
            throw new BrokenChainException(
                    "line " + (number + 1) + ": the signed head is missing, the end was cut off");
        }
        return whole;
    }

    private @org.jspecify.annotations.Nullable Whole read(String text) {
        JsonNode line = json(text);
        if (closed) {
            throw new BrokenChainException("there is something after the signed head");
        }
        switch (line.path("kind").asText()) {
            case "entry" -> entry(line);
            case "delivery" -> delivery(line);
            case "head" -> {
                return head(line);
            }
            default -> throw new BrokenChainException("neither entry nor delivery nor head");
        }
        return null;
    }

    private void entry(JsonNode line) {
        same(line.path("person").asText());
        if (deliveries.seq() > 0) {
            throw new BrokenChainException("an entry after the deliveries");
        }
        entries.add(line);
    }

    private void delivery(JsonNode line) {
        same(line.path("person").asText());
        long entry = line.path("entry").asLong();
        boolean named = !line.path("withheld").asBoolean();
        if (named && (entry < 1 || entry > entries.seq())) {
            throw new BrokenChainException("a delivery of no entry");
        }
        deliveries.add(line);
    }

    private Whole head(JsonNode line) {
        closed = true;
        String head = line.path("head").asText();
        if (!signed(head, line.path("signature").asText())) {
            throw new BrokenChainException("the head is not signed with a key of the provider");
        }
        JsonNode stated = json(head);
        same(stated.path("person").asText());
        agree(
                "entries",
                stated.path("entries").asLong(),
                stated.path("entryHash").asText(),
                entries);
        agree(
                "deliveries",
                stated.path("deliveries").asLong(),
                stated.path("deliveryHash").asText(),
                deliveries);
        long withheld = entries.withheld() + deliveries.withheld();
        return new Whole(
                entries.seq(), deliveries.seq(), withheld, stated.path("at").asText());
    }

    private static void agree(String what, long seq, String hash, Chain chain) {
        if (seq != chain.seq() || !hash.equals(chain.last())) {
            throw new BrokenChainException(
                    "the head was signed over " + seq + " " + what + ", the file ends with " + chain.seq());
        }
    }

    /** All lines are about one person, and about the one that the head names. */
    private void same(String of) {
        if (person.isEmpty()) {
            person = of;
        }
        if (!person.equals(of)) {
            throw new BrokenChainException("is about somebody else");
        }
    }

    private boolean signed(String head, String signature) {
        try {
            JWSObject jws = JWSObject.parse(signature, new Payload(head));
            JWK key = keys.getKeyByKeyId(jws.getHeader().getKeyID());
            return key != null
                    && jws.getHeader().getAlgorithm().equals(JWSAlgorithm.ES256)
                    && jws.getHeader().getType() != null
                    && HEAD_TYPE.equals(jws.getHeader().getType().getType())
                    && jws.verify(new ECDSAVerifier(key.toECKey().toECPublicKey(), Set.of("b64")));
        } catch (ParseException | JOSEException | ClassCastException e) {
            return false;
        }
    }

    private static JsonNode json(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new BrokenChainException("no JSON");
        }
        throw new BrokenChainException("no JSON");
    }
}
