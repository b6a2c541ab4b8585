package phr.gateway.record.series;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A page of the index from ids to places: sorted by 32 bits of the id, differences, then the places in as few bits as they need.
 * A hit is a place to look, no proof: ids may share those bits, and samples may have left.
 */
public final class IdPage {

    /** Entries of a full page. */
    public static final int ENTRIES = 512;

    /** One id, by the bits that are kept of it. */
    public record Entry(int bits, Place place) {}

    private IdPage() {}

    /** The bits of an id that are kept. */
    public static int bits(UUID id) {
        return (int) (id.getMostSignificantBits() >>> 32);
    }

    /** On which of so many pages an id stands. */
    public static int of(int bits, int pages) {
        return (int) ((bits & 0xffff_ffffL) * pages >>> 32);
    }

    /** @param entries sorted by their bits as unsigned numbers */
    public static byte[] encode(List<Entry> entries) {
        ByteWriter out = new ByteWriter();
        out.unsigned(entries.size());
        long first = entries.stream()
                .mapToLong(entry -> entry.place().stretch())
                .min()
                .orElse(0);
        long last = entries.stream()
                .mapToLong(entry -> entry.place().stretch())
                .max()
                .orElse(0);
        int series =
                entries.stream().mapToInt(entry -> entry.place().series()).max().orElse(0);
        int stretchBits = Long.SIZE - Long.numberOfLeadingZeros(last - first);
        int seriesBits = Integer.SIZE - Integer.numberOfLeadingZeros(series);
        out.signed(first);
        out.bits8(stretchBits);
        out.bits8(seriesBits);
        long before = 0;
        for (Entry entry : entries) {
            long bits = entry.bits() & 0xffff_ffffL;
            out.unsigned(bits - before);
            before = bits;
        }
        BitWriter places = new BitWriter(out);
        for (Entry entry : entries) {
            places.write(entry.place().series(), seriesBits);
            places.write(entry.place().stretch() - first, stretchBits);
        }
        places.end();
        return out.toBytes();
    }

    public static List<Entry> decode(byte[] page) {
        ByteReader in = new ByteReader(page);
        int size = in.count();
        long first = in.signed();
        int stretchBits = in.bits8();
        int seriesBits = in.bits8();
        int[] bits = new int[size];
        long before = 0;
        for (int i = 0; i < size; i++) {
            before += in.unsigned();
            bits[i] = (int) before;
        }
        BitReader places = new BitReader(in);
        List<Entry> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int series = (int) places.read(seriesBits);
            entries.add(new Entry(bits[i], new Place(series, first + places.read(stretchBits))));
        }
        return entries;
    }

    /** Lowest bits first. */
    private static final class BitWriter {

        private final ByteWriter out;
        private int held;
        private int count;

        BitWriter(ByteWriter out) {
            this.out = out;
        }

        void write(long value, int bits) {
            for (int i = 0; i < bits; i++) {
                held |= (int) (value >>> i & 1) << count;
                if (++count == Byte.SIZE) {
                    end();
                }
            }
        }

        void end() {
            if (count > 0) {
                out.bits8(held);
                held = 0;
                count = 0;
            }
        }
    }

    private static final class BitReader {

        private final ByteReader in;
        private int held;
        private int count;

        BitReader(ByteReader in) {
            this.in = in;
        }

        long read(int bits) {
            long value = 0;
            for (int i = 0; i < bits; i++) {
                if (count == 0) {
                    held = in.bits8();
                    count = Byte.SIZE;
                }
                value |= (long) (held & 1) << i;
                held >>>= 1;
                count--;
            }
            return value;
        }
    }
}
