package phr.gateway.transfer;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A package on its way out. It was built under a permit that may have fallen since, so the question is decided again before the
 * first byte and with each stretch of a slow delivery (consent-semantics.md §15): then the answer breaks off unfinished.
 */
final class Delivery extends FilterOutputStream {

    static final int STRETCH = 256 * 1024;

    private final Runnable confirm;
    private int left;

    /** @param confirm throws when the permit has fallen */
    Delivery(OutputStream out, Runnable confirm) {
        super(out);
        this.confirm = confirm;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int at = offset; at < offset + length; ) {
            if (left == 0) {
                confirm.run();
                left = STRETCH;
            }
            int part = Math.min(left, offset + length - at);
            out.write(bytes, at, part);
            left -= part;
            at += part;
        }
    }
}
