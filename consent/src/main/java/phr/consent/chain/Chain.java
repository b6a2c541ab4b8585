package phr.consent.chain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import phr.consent.directive.CanonicalJson;
import phr.fhir.Sha256;

/** How a row is hashed: over the hash of the row before and every column (consent-semantics.md §9). */
public final class Chain {

    private static final byte[] START = new byte[32];

    private Chain() {}

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
}
