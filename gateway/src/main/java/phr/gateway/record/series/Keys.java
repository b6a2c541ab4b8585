package phr.gateway.record.series;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.IntFunction;

/** The column of keys: UUIDs, digests and numbers behind a common prefix are kept as such, everything else as text. */
final class Keys {

    private static final int TEXT = 0;
    private static final int UUIDS = 1;
    private static final int DIGESTS = 2;
    private static final int NUMBERS = 3;

    /** Lower-case hexadecimal digits, and what stands between them. */
    private static final String UUID_TEXT = "00000000-0000-0000-0000-000000000000";

    private static final int UUID_LENGTH = UUID_TEXT.length();
    private static final int DIGEST_LENGTH = 64;
    private static final int MOST_DIGITS = 18;
    private static final byte[] DIGITS = digits();

    private Keys() {}

    static void write(ByteWriter out, String[] keys) {
        if (keys.length > 0 && all(keys, UUID_TEXT)) {
            out.bits8(UUIDS);
            out.text(head(keys[0], UUID_LENGTH));
            for (String key : keys) {
                UUID id = UUID.fromString(tail(key, UUID_LENGTH));
                out.bits64(id.getMostSignificantBits());
                out.bits64(id.getLeastSignificantBits());
            }
        } else if (!digests(out, keys) && !numbers(out, keys, common(keys))) {
            texts(out, keys);
        }
    }

    /** False, and nothing is written, when they are not all of this form. */
    private static boolean digests(ByteWriter out, String[] keys) {
        int head = keys.length == 0 ? -1 : keys[0].length() - DIGEST_LENGTH;
        if (head < 0) {
            return false;
        }
        byte[] all = new byte[keys.length * DIGEST_LENGTH / 2];
        int size = 0;
        for (String key : keys) {
            if (key.length() != keys[0].length() || !key.regionMatches(0, keys[0], 0, head)) {
                return false;
            }
            for (int i = head; i < key.length(); i += 2) {
                int value = hex(key.charAt(i)) << 4 | hex(key.charAt(i + 1));
                if (value < 0) {
                    return false;
                }
                all[size++] = (byte) value;
            }
        }
        out.bits8(DIGESTS);
        out.text(head(keys[0], DIGEST_LENGTH));
        out.raw(all);
        return true;
    }

    /** Less than zero when it is no lower-case hexadecimal digit. */
    private static int hex(char c) {
        return c < DIGITS.length ? DIGITS[c] : -1;
    }

    private static boolean all(String[] keys, String form) {
        int head = keys[0].length() - form.length();
        if (head < 0) {
            return false;
        }
        for (String key : keys) {
            boolean same = key.length() == keys[0].length() && key.regionMatches(0, keys[0], 0, head);
            if (!same || !like(key, head, form)) {
                return false;
            }
        }
        return true;
    }

    private static boolean like(String key, int head, String form) {
        for (int i = 0; i < form.length(); i++) {
            char c = key.charAt(head + i);
            if (form.charAt(i) == '0' ? hex(c) < 0 : c != form.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] digits() {
        byte[] digits = new byte[0x80];
        Arrays.fill(digits, (byte) -1);
        "0123456789abcdef".chars().forEach(c -> digits[c] = (byte) Character.digit(c, 16));
        return digits;
    }

    private static String head(String key, int length) {
        return key.substring(0, key.length() - length);
    }

    private static String tail(String key, int length) {
        return key.substring(key.length() - length);
    }

    private static String common(String[] keys) {
        String common = keys.length == 0 ? "" : keys[0];
        for (String key : keys) {
            int length = 0;
            while (length < common.length() && length < key.length() && common.charAt(length) == key.charAt(length)) {
                length++;
            }
            common = common.substring(0, length);
        }
        int end = common.length();
        while (end > 0 && digit(common.charAt(end - 1))) {
            end--;
        }
        return common.substring(0, end);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    /** All of one width, or none with a leading zero: else the digits could not be written again. */
    private static boolean numbers(ByteWriter out, String[] keys, String common) {
        long[] numbers = new long[keys.length];
        boolean oneWidth = true;
        boolean zeros = false;
        for (int i = 0; i < keys.length; i++) {
            String digits = keys[i].substring(common.length());
            if (digits.isEmpty()
                    || digits.length() > MOST_DIGITS
                    || !digits.chars().allMatch(c -> digit((char) c))) {
                return false;
            }
            numbers[i] = Long.parseLong(digits);
            oneWidth &= keys[i].length() == keys[0].length();
            zeros |= digits.length() > 1 && digits.charAt(0) == '0';
        }
        if (keys.length == 0 || zeros && !oneWidth) {
            return false;
        }
        out.bits8(NUMBERS);
        out.text(common);
        out.unsigned(oneWidth ? keys[0].length() - common.length() : 0);
        Steps.write(out, numbers);
        return true;
    }

    /** Each without what it shares with the one before. */
    private static void texts(ByteWriter out, String[] keys) {
        out.bits8(TEXT);
        String before = "";
        for (String key : keys) {
            int shared = 0;
            while (shared < before.length() && shared < key.length() && before.charAt(shared) == key.charAt(shared)) {
                shared++;
            }
            if (shared > 0 && Character.isHighSurrogate(key.charAt(shared - 1))) {
                shared--;
            }
            out.unsigned(shared);
            out.text(key.substring(shared));
            before = key;
        }
    }

    /** The keys by their places; those that can be are made only when they are asked for. */
    static IntFunction<String> read(ByteReader in, int size) {
        return switch (in.bits8()) {
            case UUIDS -> uuids(in, size);
            case DIGESTS -> digests(in, size);
            case NUMBERS -> numbers(in, size);
            default -> texts(in, size);
        };
    }

    private static IntFunction<String> uuids(ByteReader in, int size) {
        String head = in.text();
        ByteBuffer ids = ByteBuffer.wrap(in.raw(size * 2 * Long.BYTES));
        return i -> head + new UUID(ids.getLong(i * 2 * Long.BYTES), ids.getLong((i * 2 + 1) * Long.BYTES));
    }

    private static IntFunction<String> digests(ByteReader in, int size) {
        String head = in.text();
        int length = DIGEST_LENGTH / 2;
        byte[] digests = in.raw(size * length);
        return i -> head + HexFormat.of().formatHex(digests, i * length, (i + 1) * length);
    }

    private static IntFunction<String> numbers(ByteReader in, int size) {
        String head = in.text();
        int width = in.count();
        long[] numbers = Steps.read(in, size);
        return i -> {
            String digits = Long.toString(numbers[i]);
            return head + "0".repeat(Math.max(0, width - digits.length())) + digits;
        };
    }

    private static IntFunction<String> texts(ByteReader in, int size) {
        String[] keys = new String[size];
        String before = "";
        for (int i = 0; i < size; i++) {
            keys[i] = before.substring(0, in.count()) + in.text();
            before = keys[i];
        }
        return i -> keys[i];
    }
}
