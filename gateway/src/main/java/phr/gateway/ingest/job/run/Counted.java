package phr.gateway.ingest.job.run;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import phr.fhir.Sha256;
import phr.fhir.normalise.Content;

/** A file that tells how many of its bytes have been read; what is skipped does not count. */
final class Counted implements Content {

    private final Content content;
    private final AtomicLong read = new AtomicLong();

    Counted(Content content) {
        this.content = content;
    }

    /** At most the size, although a format may look at a place more than once. */
    long done() {
        return Math.min(read.get(), size());
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public Sha256 sha256() {
        return content.sha256();
    }

    @Override
    public Optional<Frames> frames() {
        return content.frames();
    }

    @Override
    public InputStream open() throws IOException {
        return new FilterInputStream(content.open()) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                read.addAndGet(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                read.addAndGet(Math.max(0, count));
                return count;
            }
        };
    }
}
