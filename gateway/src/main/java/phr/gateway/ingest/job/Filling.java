package phr.gateway.ingest.job;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a stream gave before it ended or broke.
 *
 * @param broken null when it did not
 */
record Filling(int count, @Nullable IOException broken) {

    /** As much as there is room for. */
    static Filling of(InputStream in, byte[] target, int offset, int room) {
        int count = 0;
        try {
            while (count < room) {
                int read = in.read(target, offset + count, room - count);
                if (read < 0) {
                    break;
                }
                count += read;
            }
            return new Filling(count, null);
        } catch (IOException e) {
            return new Filling(count, e);
        }
    }

    void check() throws IOException {
        if (broken != null) {
            throw broken;
        }
    }
}
