package phr.fhir.normalise.fit;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes FIT bytes apart: header, definitions, messages, checksum; several files may stand one after the other. Memory holds one
 * message.
 */
final class FitDecoder {

    /** Something that no message can be read behind. */
    static final class Damaged extends Exception {

        private static final long serialVersionUID = 1L;

        Damaged() {
            super("damaged", null, false, false);
        }
    }

    private static final int TIMESTAMP = 253;

    /** @param sizes number, size and base type of each field, three bytes each; developer fields have base type 255 */
    private record Definition(int number, ByteOrder order, byte[] sizes, int length) {}

    private final InputStream in;
    private final @Nullable Definition[] definitions = new @Nullable Definition[16];
    private long left;
    private long clock = -1;
    private int crc;

    FitDecoder(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /**
     * Reads all messages.
     *
     * @return whether the checksums were right
     * @throws Damaged at the end of what can be read
     */
    boolean read(Consumer<FitMessage> messages) throws IOException, Damaged {
        boolean right = true;
        try {
            for (int size = in.read(); size >= 0; size = in.read()) {
                header(size);
                while (left > 0) {
                    message(messages);
                }
                right &= checksum();
            }
        } catch (EOFException e) {
            throw new Damaged();
        }
        return right;
    }

    private void header(int size) throws IOException, Damaged {
        if (size < 12 || size > 64) {
            throw new Damaged();
        }
        crc = 0;
        sum(size);
        left = size;
        ByteBuffer header = ByteBuffer.wrap(bytes(size - 1)).order(ByteOrder.LITTLE_ENDIAN);
        if (header.get(7) != '.' || header.get(8) != 'F' || header.get(9) != 'I' || header.get(10) != 'T') {
            throw new Damaged();
        }
        left = Integer.toUnsignedLong(header.getInt(3));
        java.util.Arrays.fill(definitions, null);
        clock = -1;
    }

    private boolean checksum() throws IOException {
        int low = in.read();
        int high = in.read();
        if (high < 0) {
            throw new EOFException();
        }
        return (low | high << 8) == crc;
    }

    private void message(Consumer<FitMessage> messages) throws IOException, Damaged {
        int head = bytes(1)[0] & 0xFF;
        if ((head & 0x80) != 0) {
            int seconds = head & 0x1F;
            if (clock >= 0) {
                clock += (seconds - clock) & 0x1F;
            }
            data(head >> 5 & 3, messages, true);
        } else if ((head & 0x40) != 0) {
            definitions[head & 15] = definition((head & 0x20) != 0);
        } else {
            data(head & 15, messages, false);
        }
    }

    private Definition definition(boolean developer) throws IOException, Damaged {
        byte[] fixed = bytes(5);
        ByteOrder order = fixed[1] == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        int number = ByteBuffer.wrap(fixed).order(order).getShort(2) & 0xFFFF;
        byte[] own = bytes(3 * (fixed[4] & 0xFF));
        byte[] others = developer ? bytes(3 * (bytes(1)[0] & 0xFF)) : new byte[0];
        byte[] sizes = java.util.Arrays.copyOf(own, own.length + others.length);
        for (int i = 0; i < others.length; i += 3) {
            sizes[own.length + i + 1] = others[i + 1];
            sizes[own.length + i + 2] = (byte) 0xFF;
        }
        int length = 0;
        for (int i = 1; i < sizes.length; i += 3) {
            length += sizes[i] & 0xFF;
        }
        return new Definition(number, order, sizes, length);
    }

    private void data(int local, Consumer<FitMessage> messages, boolean compressed) throws IOException, Damaged {
        Definition definition = definitions[local];
        if (definition == null) {
            throw new Damaged();
        }
        ByteBuffer data = ByteBuffer.wrap(bytes(definition.length)).order(definition.order);
        Map<Integer, Object> fields = new HashMap<>();
        int at = 0;
        for (int i = 0; i < definition.sizes.length; i += 3) {
            int size = definition.sizes[i + 1] & 0xFF;
            Object value = value(data, at, size, definition.sizes[i + 2] & 0xFF);
            if (value != null) {
                fields.put(definition.sizes[i] & 0xFF, value);
            }
            at += size;
        }
        boolean stamped = fields.get(TIMESTAMP) instanceof Long;
        if (fields.get(TIMESTAMP) instanceof Long time) {
            clock = time;
        }
        Long time = clock >= 0 && (stamped || compressed) ? clock + FitMessage.EPOCH : null;
        messages.accept(new FitMessage(definition.number, fields, time));
    }

    /** Null when the field has no value, or several. */
    private static @Nullable Object value(ByteBuffer data, int at, int size, int type) {
        if (type == 7) {
            byte[] text = new byte[size];
            data.get(at, text);
            int end = 0;
            while (end < size && text[end] != 0) {
                end++;
            }
            return end == 0 ? null : new String(text, 0, end, StandardCharsets.UTF_8);
        }
        switch (type << 8 | size) {
            case 0x0001, 0x0201, 0x0D01:
                return known(data.get(at) & 0xFF, 0xFF);
            case 0x0A01:
                return known(data.get(at) & 0xFF, 0);
            case 0x0101:
                return known(data.get(at), 0x7F);
            case 0x8302:
                return known(data.getShort(at), 0x7FFF);
            case 0x8402:
                return known(data.getShort(at) & 0xFFFF, 0xFFFF);
            case 0x8B02:
                return known(data.getShort(at) & 0xFFFF, 0);
            case 0x8504:
                return known(data.getInt(at), 0x7FFFFFFF);
            case 0x8604:
                return known(Integer.toUnsignedLong(data.getInt(at)), 0xFFFFFFFFL);
            case 0x8C04:
                return known(Integer.toUnsignedLong(data.getInt(at)), 0);
            case 0x8804:
                return finite(data.getFloat(at));
            case 0x8908:
                return finite(data.getDouble(at));
            default:
                return null;
        }
    }

    private static @Nullable Object known(long value, long invalid) {
        return value == invalid ? null : Long.valueOf(value);
    }

    private static @Nullable Object finite(double value) {
        return Double.isFinite(value) ? Double.valueOf(value) : null;
    }

    private byte[] bytes(int count) throws IOException, Damaged {
        if (count > left) {
            throw new Damaged();
        }
        left -= count;
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        for (byte b : bytes) {
            sum(b & 0xFF);
        }
        return bytes;
    }

    /** CRC-16 with the reversed polynomial A001. */
    private void sum(int b) {
        crc ^= b;
        for (int i = 0; i < 8; i++) {
            crc = (crc & 1) != 0 ? crc >> 1 ^ 0xA001 : crc >> 1;
        }
    }
}
