package phr.portability;

import java.io.IOException;
import java.io.InputStream;
import phr.portability.json.MalformedJsonException;
import phr.portability.json.NdjsonLines;

/** Walks over lines that are known to be good. */
final class PackageLines {

    private PackageLines() {}

    static void forEach(InputStream in, Step step) throws IOException {
        try (NdjsonLines lines = new NdjsonLines(in, Integer.MAX_VALUE)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                step.take(line);
            }
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("written by the exporter", e);
        }
    }

    /** What to do with a line. */
    interface Step {
        void take(byte[] line) throws IOException, MalformedJsonException;
    }
}
