package phr.gateway.record.postgres;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import phr.fhir.PersonId;
import phr.fhir.Sha256;

/**
 * What is known of an original, as it is encrypted beside its chunks.
 *
 * @param compressed each chunk by itself, before it is encrypted
 */
record OriginalHead(String kind, String mediaType, long size, Sha256 sha256, boolean compressed) {

    /** Plain bytes of one chunk: what a writer and a reader hold in memory. */
    static final int CHUNK = 1 << 20;

    private static final int PLAIN_LAYOUT = 1;
    private static final int LAYOUT = 2;
    private static final int LEVEL = 3;

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(compressed ? LAYOUT : PLAIN_LAYOUT);
            out.writeUTF(kind);
            out.writeUTF(mediaType);
            out.writeLong(size);
            out.writeUTF(sha256.hex());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    static OriginalHead parse(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte layout = in.readByte();
            if (layout != LAYOUT && layout != PLAIN_LAYOUT) {
                throw new IllegalStateException("a stored original has a layout this version does not know");
            }
            return new OriginalHead(
                    in.readUTF(), in.readUTF(), in.readLong(), new Sha256(in.readUTF()), layout == LAYOUT);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }

    /** A chunk as it is encrypted. */
    byte[] packed(byte[] chunk) {
        return compressed ? Zstd.compress(chunk, LEVEL) : chunk;
    }

    /** The same as it came. */
    byte[] unpacked(byte[] stored) {
        return compressed ? Zstd.decompress(stored, CHUNK) : stored;
    }

    /** Number of chunks. */
    int chunks() {
        return Math.toIntExact((size + CHUNK - 1) / CHUNK);
    }

    static byte[] context(PersonId person) {
        return (person + "|original").getBytes(StandardCharsets.UTF_8);
    }

    /** Binds a chunk to its place. */
    byte[] chunkContext(PersonId person, int ordinal) {
        return (person + "|" + sha256 + "|" + ordinal + "|" + size).getBytes(StandardCharsets.UTF_8);
    }
}
