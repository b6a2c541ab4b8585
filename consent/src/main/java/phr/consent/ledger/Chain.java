package phr.consent.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.CanonicalJson;
import phr.fhir.Sha256;

/** The hash chain of a person's rows: each row hash covers the one before and every column (consent-semantics.md §9). */
public final class Chain {

    /** What the first row of a person follows. */
    static final byte[] START = new byte[32];

    private Chain() {}

    static byte[] hash(DirectiveVersion row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("directive", row.directiveId.toString()).put("version", row.number);
        json.put("person", row.personId.toString()).put("effect", row.effect);
        json.put("body", hex(row.bodySha256));
        put(json, "validFrom", row.validFrom);
        put(json, "validTo", row.validTo);
        json.put("grantor", row.grantorId.toString()).put("capacity", row.grantorCapacity);
        put(json, "authority", row.authorityId);
        json.put("policy", row.policyTextId).put("policyVersion", row.policyTextVersion);
        json.put("policyHash", hex(row.policyTextSha256)).put("language", row.language);
        json.put("method", row.collectionMethod);
        put(json, "evidence", row.evidenceId);
        json.put("recordedAt", row.recordedAt.toString()).put("recordedBy", row.recordedBy);
        return hash(row.chainSeq, row.prevHash, json);
    }

    static byte[] hash(DirectiveEvent row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("directive", row.directiveId.toString()).put("version", row.version);
        json.put("seq", row.number).put("person", row.personId.toString());
        json.put("type", row.type).put("at", row.at.toString()).put("actor", row.actor);
        put(json, "reason", row.reason);
        json.put("recordedAt", row.recordedAt.toString());
        return hash(row.chainSeq, row.prevHash, json);
    }

    /** What the first row of a person follows: 32 zero bytes. */
    public static byte[] start() {
        return START.clone();
    }

    /** SHA-256 over the hash of the row before and the canonical bytes of this one, its number included. */
    public static byte[] hash(long seq, byte[] previous, ObjectNode json) {
        json.put("chainSeq", Long.toString(seq));
        MessageDigest digest = Sha256.digester();
        digest.update(previous);
        return digest.digest(CanonicalJson.bytes(json));
    }

    private static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
