package phr.deploy.bench.http;

import java.nio.charset.StandardCharsets;

/**
 * What came back.
 *
 * @param bytes of the body
 * @param start the first bytes of the body, all of a small one
 * @param found how often the pattern of the connection stands in the body
 * @param firstByte nanoseconds from sending to the first byte of the body
 * @param nanos from sending to the last byte
 */
public record Reply(int status, long bytes, byte[] start, long found, long firstByte, long nanos) {

    public boolean good() {
        return status >= 200 && status < 300;
    }

    /** The start of the body as text. */
    public String text() {
        return new String(start, StandardCharsets.UTF_8);
    }

    /** The same, for a call that has to succeed. */
    public Reply orFail(String what) {
        if (!good()) {
            throw new IllegalStateException(what + " was answered with " + status + ": " + text());
        }
        return this;
    }
}
