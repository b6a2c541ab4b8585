package phr.fhir.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damage that a seed decides: bytes changed, cut out, repeated, taken from another file, and pieces that formats trip over. */
final class Mutants {

    private static final List<String> ODD = List.of(
            "\"",
            "\n",
            ",",
            ";",
            "\t",
            "\u0000",
            "\u3000",
            "\uFEFF",
            "\\u0000",
            "[",
            "{",
            "}",
            "]",
            "]]>",
            "<!--",
            "<?x y?>",
            "&#x0;",
            "&lt;",
            "<value/>",
            "</observation>",
            "<entry>",
            "nullFlavor=\"NA\"",
            "xsi:type=\"CO\"",
            "negationInd=\"true\"",
            "typeCode=\"RSON1\"",
            "unit=\" \"",
            "<code code=\"9N001000000000001\"/>",
            "９９９",
            "1e999",
            "-",
            "NaN",
            "99999999999999999999999999",
            "9".repeat(500),
            "2026-02-30",
            "0001-01-01T00:00:00Z",
            "UTC+9999",
            "令和99年13月40日");

    private final List<byte[]> files;
    private final Random random;

    Mutants(List<byte[]> files, long seed) {
        this.files = files;
        this.random = new Random(seed);
    }

    byte[] next() {
        byte[] bytes = one().clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            bytes = mutated(bytes, at);
        }
        return bytes;
    }

    private byte[] one() {
        return files.get(random.nextInt(files.size()));
    }

    private byte[] mutated(byte[] bytes, int at) {
        switch (random.nextInt(8)) {
            case 0:
                return Arrays.copyOf(bytes, at);
            case 1:
                return spliced(bytes, at, end(bytes, at, 40), new byte[0]);
            case 2, 3:
                byte[] odd = ODD.get(random.nextInt(ODD.size())).getBytes(StandardCharsets.UTF_8);
                return spliced(bytes, at, end(bytes, at, 30), odd);
            case 4:
                return spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, end(bytes, at, 60)));
            case 5:
                byte[] other = one();
                int from = other.length == 0 ? 0 : random.nextInt(other.length);
                return spliced(bytes, at, end(bytes, at, 200), Arrays.copyOfRange(other, from, end(other, from, 400)));
            default:
                if (bytes.length > 0) {
                    bytes[at] = (byte) random.nextInt(256);
                }
                return bytes;
        }
    }

    private int end(byte[] bytes, int at, int most) {
        return Math.min(bytes.length, at + random.nextInt(most));
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] with) {
        byte[] out = new byte[bytes.length - (to - from) + with.length];
        System.arraycopy(bytes, 0, out, 0, from);
        System.arraycopy(with, 0, out, from, with.length);
        System.arraycopy(bytes, to, out, from + with.length, bytes.length - to);
        return out;
    }
}
