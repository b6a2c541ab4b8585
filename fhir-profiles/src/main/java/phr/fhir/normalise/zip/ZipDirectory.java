package phr.fhir.normalise.zip;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.normalise.Content;

/**
 * The central directory of an archive, which alone is trusted: local headers may lie or wait for a data descriptor (lifelog.md
 * §6, zip). Stored and deflated entries, 64-bit records; nothing is unpacked to disk.
 */
public final class ZipDirectory {

    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_LENGTH = 46;
    private static final int MOST_ENTRIES = 200_000;
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final int ENCRYPTED = 1;
    private static final long NARROW = 0xFFFFFFFFL;

    /**
     * One file of the archive.
     *
     * @param packed bytes in the archive
     * @param size bytes unpacked, as announced
     * @param at position of the local header
     */
    public record Entry(String name, int flags, int method, long crc, long packed, long size, long at) {}

    private final Content content;
    private final List<Entry> entries;

    private ZipDirectory(Content content, List<Entry> entries) {
        this.content = content;
        this.entries = List.copyOf(entries);
    }

    /** @throws FailureException MALFORMED when there is no directory, or one that contradicts itself */
    public static ZipDirectory read(Content content) throws IOException {
        ZipTail tail = ZipTail.of(content);
        if (tail.length() > MOST_BYTES || tail.entries() > MOST_ENTRIES) {
            throw Failure.of(Category.TOO_LARGE, "ZIP-1", "too many entries in the archive")
                    .exception();
        }
        byte[] bytes;
        try (InputStream in = content.open()) {
            in.skipNBytes(tail.at());
            bytes = in.readNBytes((int) tail.length());
        } catch (EOFException e) {
            throw malformed();
        }
        if (bytes.length != tail.length()) {
            throw malformed();
        }
        return new ZipDirectory(content, entries(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), tail));
    }

    public List<Entry> entries() {
        return entries;
    }

    /**
     * The unpacked bytes.
     *
     * @throws FailureException MALFORMED when the archive is damaged there; also while reading: more bytes than announced, or
     *     others
     */
    public InputStream open(Entry entry) throws IOException {
        if ((entry.flags() & ENCRYPTED) != 0 || entry.method() != 0 && entry.method() != 8) {
            throw Failure.of(Category.MALFORMED, "ZIP-2", "an entry is encrypted or packed in an unknown way")
                    .exception();
        }
        InputStream in = content.open();
        try {
            in.skipNBytes(entry.at());
            ByteBuffer local = ByteBuffer.wrap(in.readNBytes(LOCAL_LENGTH)).order(ByteOrder.LITTLE_ENDIAN);
            if (local.remaining() < LOCAL_LENGTH || local.getInt(0) != LOCAL) {
                throw malformed();
            }
            in.skipNBytes(unsigned(local, 26) + unsigned(local, 28));
        } catch (EOFException | FailureException e) {
            in.close();
            throw malformed();
        }
        InputStream packed = new BufferedInputStream(new Window(in, entry.packed()), 1 << 16);
        InputStream unpacked =
                entry.method() == 0 ? packed : new InflaterInputStream(packed, new Inflater(true), 1 << 16);
        return new Unpacked(unpacked, entry);
    }

    private static List<Entry> entries(ByteBuffer bytes, ZipTail tail) {
        List<Entry> entries = new ArrayList<>();
        int at = 0;
        while (at + CENTRAL_LENGTH <= bytes.limit() && bytes.getInt(at) == CENTRAL) {
            int name = unsigned(bytes, at + 28);
            int extra = unsigned(bytes, at + 30);
            int next = at + CENTRAL_LENGTH + name + extra + unsigned(bytes, at + 32);
            if (next > bytes.limit()) {
                throw malformed();
            }
            byte[] text = new byte[name];
            bytes.get(at + CENTRAL_LENGTH, text);
            entries.add(entry(bytes, at, EntryName.decode(text), at + CENTRAL_LENGTH + name, extra));
            at = next;
        }
        if (entries.size() != tail.entries()) {
            throw malformed();
        }
        return entries;
    }

    private static Entry entry(ByteBuffer bytes, int at, String name, int extra, int extraLength) {
        long[] wide = {bytes.getInt(at + 24) & NARROW, bytes.getInt(at + 20) & NARROW, bytes.getInt(at + 42) & NARROW};
        int field = extra;
        while (field + 4 <= extra + extraLength) {
            int length = unsigned(bytes, field + 2);
            if (unsigned(bytes, field) == 1) {
                widen(bytes, field + 4, Math.min(field + 4 + length, extra + extraLength), wide);
            }
            field += 4 + length;
        }
        if (wide[0] < 0 || wide[1] < 0 || wide[2] < 0) {
            throw malformed();
        }
        long crc = bytes.getInt(at + 16) & NARROW;
        return new Entry(name, unsigned(bytes, at + 8), unsigned(bytes, at + 10), crc, wide[1], wide[0], wide[2]);
    }

    /** 64-bit values stand only for those that do not fit: size, packed size and position, in this order. */
    private static void widen(ByteBuffer bytes, int from, int to, long[] values) {
        int at = from;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == NARROW && at + 8 <= to) {
                values[i] = bytes.getLong(at);
                at += 8;
            }
        }
    }

    static int unsigned(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xFFFF;
    }

    static FailureException malformed() {
        return Failure.of(Category.MALFORMED, "ZIP-3", "the archive is damaged or truncated")
                .exception();
    }
}
