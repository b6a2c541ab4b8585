package phr.gateway.record;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import phr.consent.Permit;

/**
 * The person as the caller may see her: recipients know a pairwise id, and it takes the place of the internal one in every byte
 * that leaves.
 *
 * @param internal id in stored bytes
 * @param shown id the caller knows
 */
record Visible(UUID internal, UUID shown) {

    private static final int BUFFER = 64 * 1024;

    /** The id under which the store knows what the caller asked for. */
    UUID stored(String type, UUID asked) {
        return type.equals("Patient") ? internal : asked;
    }

    static Visible of(Permit permit, String shown) {
        return new Visible(permit.subject().value(), UUID.fromString(shown));
    }

    /** Where to write stored bytes; the caller finishes it with {@link #finish}. */
    OutputStream over(OutputStream out) {
        return over(out, BUFFER);
    }

    /** The same for many small writes. */
    OutputStream buffered(OutputStream out) {
        return internal.equals(shown) ? new BufferedOutputStream(out, BUFFER) : over(out);
    }

    private OutputStream over(OutputStream out, int capacity) {
        return internal.equals(shown) ? out : new PairwiseOutput(out, internal, shown, capacity);
    }

    static void finish(OutputStream over) throws IOException {
        if (over instanceof PairwiseOutput pairwise) {
            pairwise.finish();
        }
        over.flush();
    }

    byte[] in(byte[] json) {
        if (internal.equals(shown)) {
            return json;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
        try (OutputStream over = over(out, json.length)) {
            over.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }
}
