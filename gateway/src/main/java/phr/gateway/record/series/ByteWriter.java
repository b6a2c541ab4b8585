package phr.gateway.record.series;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes in the making. Numbers take as many bytes as they need. */
final class ByteWriter {

    private byte[] bytes = new byte[4096];
    private int size;

    void bits8(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** Not negative, or taken as unsigned: 7 bits a byte, lowest first. */
    void unsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Small numbers of either sign are short. */
    void signed(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    void bits64(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void raw(byte[] other) {
        room(other.length);
        System.arraycopy(other, 0, bytes, size, other.length);
        size += other.length;
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        unsigned(utf8.length);
        raw(utf8);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
