package phr.fhir.normalise;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import phr.fhir.Sha256;

/** Bytes that can be read more than once, from memory or from a spooled file. */
public interface Content {

    long size();

    Sha256 sha256();

    InputStream open() throws IOException;

    /** The frames of Zstandard in which it lies already, a mebibyte in each but the last; empty where it lies otherwise. */
    default Optional<Frames> frames() {
        return Optional.empty();
    }

    /** Frames in which a file lies. */
    interface Frames {

        /** So many of them from one on, counted from zero; fewer at the end. */
        List<byte[]> from(int ordinal, int count);
    }

    static Content of(byte[] bytes) {
        return new InMemory(bytes, Sha256.of(bytes));
    }

    /** A file that stays unchanged as long as the content is used. */
    static Content of(Path file, long size, Sha256 sha256) {
        return new Spooled(file, size, sha256);
    }

    /** Content in memory. */
    record InMemory(byte[] bytes, Sha256 sha256) implements Content {

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    /** Content in a file. */
    record Spooled(Path file, long size, Sha256 sha256) implements Content {

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
