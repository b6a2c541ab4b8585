package phr.gateway.web;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Knows since when a write waits, and ends it: the writer is interrupted there and nowhere else. */
final class AttendedOutput extends FilterOutputStream {

    private @Nullable Thread writer;
    private long since;

    AttendedOutput(OutputStream out) {
        super(out);
    }

    private interface Write {
        void run() throws IOException;
    }

    @Override
    public void write(int b) throws IOException {
        attended(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        attended(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        attended(out::flush);
    }

    private void attended(Write write) throws IOException {
        begins(Thread.currentThread());
        try {
            write.run();
        } finally {
            if (ended()) {
                // the interruption was meant for this write alone
                Thread.interrupted();
            }
        }
    }

    private synchronized void begins(Thread thread) {
        writer = thread;
        since = System.nanoTime();
    }

    /** Whether it was interrupted meanwhile. */
    private synchronized boolean ended() {
        boolean interrupted = writer == null;
        writer = null;
        return interrupted;
    }

    /** False when nothing waits for so long. */
    synchronized boolean endIfWaitingSince(long moment) {
        Thread waiting = writer;
        if (waiting == null || since - moment > 0) {
            return false;
        }
        writer = null;
        waiting.interrupt();
        return true;
    }
}
