package phr.deploy.bench.http;

import java.util.Arrays;

/** Counts a body while it passes and keeps its start. */
final class Body {

    private static final int FIRST = 16 * 1024;

    private final byte[] pattern;
    private byte[] kept;
    private final int most;
    private int length;
    private int matched;
    private long found;
    private long bytes;
    private long firstByteAt;

    /**
     * @param pattern counted in the body, empty for none; its first byte stands nowhere else in it
     * @param most bytes to keep
     */
    Body(byte[] pattern, int most) {
        this.pattern = pattern;
        this.most = most;
        this.kept = new byte[Math.min(FIRST, most)];
    }

    void take(byte[] buffer, int from, int count) {
        if (bytes == 0) {
            firstByteAt = System.nanoTime();
        }
        bytes += count;
        keep(buffer, from, Math.min(count, most - length));
        if (pattern.length > 0) {
            search(buffer, from, from + count);
        }
    }

    private void keep(byte[] buffer, int from, int count) {
        if (count > 0) {
            if (length + count > kept.length) {
                kept = Arrays.copyOf(kept, Math.max(length + count, 2 * kept.length));
            }
            System.arraycopy(buffer, from, kept, length, count);
            length += count;
        }
    }

    private void search(byte[] buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = buffer[i];
            if (b == pattern[matched]) {
                matched++;
                if (matched == pattern.length) {
                    found++;
                    matched = 0;
                }
            } else {
                matched = b == pattern[0] ? 1 : 0;
            }
        }
    }

    Reply reply(int status, long sent) {
        long now = System.nanoTime();
        long first = bytes == 0 ? now : firstByteAt;
        return new Reply(status, bytes, Arrays.copyOf(kept, length), found, first - sent, now - sent);
    }
}
