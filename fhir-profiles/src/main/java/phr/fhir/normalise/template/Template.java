package phr.fhir.normalise.template;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.NamedIds;
import phr.fhir.Sha256;
import phr.fhir.sample.Cuts.Part;
import phr.fhir.sample.Decimal;
import phr.fhir.sample.Moment;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;

/** The bytes that the samples of a series come in, open where they differ. Not thread-safe. */
final class Template {

    /** What a sample is known by. */
    enum Name {
        IDENTIFIER,
        ID,
        HASH
    }

    /**
     * How identity follows from the bytes.
     *
     * @param prefix of the key before the id
     * @param hashed the compact JSON cut like the pieces, for a name that is a hash; else empty
     * @param ids of the keys
     */
    record Naming(Name name, byte[] prefix, List<byte[]> hashed, NamedIds ids) {}

    private final byte[][] pieces;
    private final Part[] parts;
    private final int[] ranks;
    private final Shape shape;
    private final Naming naming;
    private final int[] from;
    private final int[] to;
    private final Decimal[] numbers;
    private @Nullable Moment start;
    private @Nullable Moment end;
    private @Nullable Moment issued;
    private int keyFrom;
    private int keyTo;

    /**
     * @param pieces one more than parts
     * @param ranks of the numbers among the parts: their position in the sample
     */
    Template(List<byte[]> pieces, List<Part> parts, int[] ranks, int numbers, Shape shape, Naming naming) {
        this.pieces = pieces.toArray(byte[][]::new);
        this.parts = parts.toArray(Part[]::new);
        this.ranks = ranks.clone();
        this.shape = shape;
        this.naming = naming;
        this.from = new int[this.parts.length];
        this.to = new int[this.parts.length];
        this.numbers = new Decimal[numbers];
    }

    /** Null when the bytes are no sample of this series, or have to be looked at. */
    @Nullable
    Sample match(byte[] text, int begin, int finish) {
        return cut(text, begin, finish) && read(text) ? sample(text) : null;
    }

    private boolean cut(byte[] text, int begin, int finish) {
        int at = begin;
        for (int i = 0; i < parts.length; i++) {
            int next = at + pieces[i].length;
            if (next > finish || !Arrays.equals(text, at, next, pieces[i], 0, pieces[i].length)) {
                return false;
            }
            from[i] = next;
            at = end(parts[i], text, next, finish);
            to[i] = at;
            if (at == next) {
                return false;
            }
        }
        byte[] last = pieces[parts.length];
        return Arrays.equals(text, at, finish, last, 0, last.length);
    }

    private static int end(Part part, byte[] text, int at, int finish) {
        return switch (part) {
            case IDENTIFIER -> Variable.name(text, at, finish);
            case ID -> Variable.id(text, at, finish);
            case START, END, ISSUED, UPDATED -> Variable.time(text, at, finish);
            case NUMBER -> Variable.number(text, at, finish);
            case AROUND -> Variable.around(text, at, finish);
        };
    }

    private boolean read(byte[] text) {
        start = null;
        end = null;
        issued = null;
        for (int i = 0; i < parts.length; i++) {
            if (!read(parts[i], text, i)) {
                return false;
            }
        }
        return start != null && (end == null || start.micros() <= end.micros());
    }

    private boolean read(Part part, byte[] text, int i) {
        switch (part) {
            case START -> {
                start = Variable.moment(text, from[i], to[i]);
                return start != null;
            }
            case END -> {
                end = Variable.moment(text, from[i], to[i]);
                return end != null;
            }
            case ISSUED -> {
                issued = Variable.moment(text, from[i], to[i]);
                return issued != null;
            }
            case UPDATED -> {
                return Variable.moment(text, from[i], to[i]) != null;
            }
            case NUMBER -> {
                Decimal number = Variable.decimal(text, from[i], to[i]);
                if (number == null) {
                    return false;
                }
                numbers[ranks[i]] = number;
                return true;
            }
            default -> {
                return true;
            }
        }
    }

    private @Nullable Sample sample(byte[] text) {
        byte[] key = key(text);
        if (naming.name() != Name.HASH && Variable.myNumber(key, keyFrom, keyTo) || start == null) {
            return null;
        }
        return new Sample(
                shape,
                naming.ids().of(key, keyFrom, keyTo),
                new String(key, keyFrom, keyTo - keyFrom, StandardCharsets.US_ASCII),
                start,
                end,
                issued,
                numbers.length == 1 ? List.of(numbers[0]) : List.of(numbers));
    }

    /** Sets where the key stands in the bytes that are returned. */
    private byte[] key(byte[] text) {
        if (naming.name() == Name.HASH) {
            byte[] hash = hash(text);
            keyFrom = 0;
            keyTo = hash.length;
            return hash;
        }
        int at = position(naming.name() == Name.ID ? Part.ID : Part.IDENTIFIER);
        byte[] prefix = naming.prefix();
        keyFrom = from[at];
        keyTo = to[at];
        if (prefix.length == 0) {
            return text;
        }
        byte[] key = Arrays.copyOf(prefix, prefix.length + keyTo - keyFrom);
        System.arraycopy(text, keyFrom, key, prefix.length, keyTo - keyFrom);
        keyFrom = 0;
        keyTo = key.length;
        return key;
    }

    private int position(Part part) {
        int at = 0;
        while (parts[at] != part) {
            at++;
        }
        return at;
    }

    private byte[] hash(byte[] text) {
        MessageDigest digester = Sha256.digester();
        int piece = 0;
        digester.update(naming.hashed().get(piece++));
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] != Part.AROUND) {
                digester.update(text, from[i], to[i] - from[i]);
                digester.update(naming.hashed().get(piece++));
            }
        }
        return HexFormat.of().formatHex(digester.digest()).getBytes(StandardCharsets.US_ASCII);
    }
}
