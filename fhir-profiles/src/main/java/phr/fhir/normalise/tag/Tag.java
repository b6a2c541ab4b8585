package phr.fhir.normalise.tag;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One tag with its attributes, as ranges of the bytes it was read from. Changes with every step of its scanner. */
public final class Tag {

    /** What kind of tag. */
    public enum Kind {
        START,
        /** Begins and ends at once. */
        EMPTY,
        END
    }

    private static final int MOST_ATTRIBUTES = 64;

    byte[] text = new byte[0];
    Kind kind = Kind.EMPTY;
    int nameFrom;
    int nameTo;
    int count;
    final int[] names = new int[2 * MOST_ATTRIBUTES];
    final int[] values = new int[2 * MOST_ATTRIBUTES];

    public Kind kind() {
        return kind;
    }

    /** Whether the element has this name, in ASCII. */
    public boolean is(byte[] name) {
        return Arrays.equals(text, nameFrom, nameTo, name, 0, name.length);
    }

    public String name() {
        return new String(text, nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8);
    }

    /** The bytes that the ranges are of. */
    public byte[] text() {
        return text;
    }

    /** Number of an attribute, negative when it is absent. */
    public int find(byte[] name) {
        for (int i = 0; i < count; i++) {
            if (Arrays.equals(text, names[2 * i], names[2 * i + 1], name, 0, name.length)) {
                return i;
            }
        }
        return -1;
    }

    /** First byte of the value of an attribute. */
    public int from(int attribute) {
        return values[2 * attribute];
    }

    /** Position behind the value of an attribute. */
    public int to(int attribute) {
        return values[2 * attribute + 1];
    }

    /**
     * The value with its character references resolved, null when the attribute is absent.
     *
     * @throws CharacterCodingException when it is no UTF-8, or names an entity that nobody declared
     */
    public @Nullable String value(byte[] name) throws CharacterCodingException {
        int found = find(name);
        return found < 0 ? null : decode(text, from(found), to(found));
    }

    /** A tag of its own, which stays as it is. */
    public void keep(Tag other) {
        int first = other.nameFrom;
        int last = other.count == 0 ? other.nameTo : other.values[2 * other.count - 1];
        if (text.length < last - first) {
            text = new byte[2 * (last - first)];
        }
        System.arraycopy(other.text, first, text, 0, last - first);
        kind = other.kind;
        nameFrom = 0;
        nameTo = other.nameTo - first;
        count = other.count;
        for (int i = 0; i < 2 * count; i++) {
            names[i] = other.names[i] - first;
            values[i] = other.values[i] - first;
        }
    }

    boolean add(int nameFrom, int nameTo, int valueFrom, int valueTo) {
        if (count == MOST_ATTRIBUTES) {
            return false;
        }
        names[2 * count] = nameFrom;
        names[2 * count + 1] = nameTo;
        values[2 * count] = valueFrom;
        values[2 * count + 1] = valueTo;
        count++;
        return true;
    }

    /**
     * Text of a part of the bytes.
     *
     * @throws CharacterCodingException when it is no UTF-8, or names an entity that nobody declared
     */
    public static String decode(byte[] text, int from, int to) throws CharacterCodingException {
        String raw = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(text, from, to - from))
                .toString();
        return raw.indexOf('&') < 0 ? raw : References.resolve(raw);
    }
}
