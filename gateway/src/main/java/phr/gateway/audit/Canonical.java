package phr.gateway.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;

/** Fields as bytes that can be read in one way only: each with its length before it, a missing one as length −1. */
final class Canonical {

    private final MessageDigest digest = Sha256.digester();

    Canonical add(@Nullable String text) {
        if (text == null) {
            return length(-1);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        length(bytes.length);
        digest.update(bytes);
        return this;
    }

    Canonical add(List<String> texts) {
        length(texts.size());
        texts.forEach(this::add);
        return this;
    }

    Sha256 sha256() {
        return Sha256.from(digest.digest());
    }

    private Canonical length(int value) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
        return this;
    }
}
