package phr.gateway.record.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A page of the index from ids to places: sorted by the first bits of the id, differences, then the places in as few bits as they need.
 * A hit is a place to look, no proof: ids may share those bits, and samples may have left.
 */
public final class IdPage {

    /** Entries of a full page: about as many as the database keeps in one row. */
    public static final int ENTRIES = 440;

    /** Bits that are kept of an id: differences of them take two bytes in most records, and few ids share them. */
    public static final int KEPT = 30;

    /** One id, by the bits that are kept of it. */
    public record Entry(int bits, Place place) {}

    private final int[] bits;
    private final byte[] places;
    private final long first;
    private final int stretchBits;
    private final int seriesBits;

    /** @param page as {@link #encode} made it */
    public IdPage(byte[] page) {
        ByteReader in = new ByteReader(page);
        bits = new int[in.count()];
        first = in.signed();
        stretchBits = in.bits8();
        seriesBits = in.bits8();
        long before = 0;
        for (int i = 0; i < bits.length; i++) {
            before += in.unsigned();
            bits[i] = (int) before;
        }
        places = in.rest();
    }

    /** The bits of an id that are kept: the first 30. */
    public static int bits(UUID id) {
        return (int) (id.getMostSignificantBits() >>> Long.SIZE - KEPT);
    }

    /** On which of so many pages an id stands. */
    public static int of(int bits, int pages) {
        return (int) ((long) bits * pages >>> KEPT);
    }

    /** @param entries sorted by their bits */
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
            out.unsigned(entry.bits() - before);
            before = entry.bits();
        }
        BitWriter places = new BitWriter(out);
        for (Entry entry : entries) {
            places.write(entry.place().series(), seriesBits);
            places.write(entry.place().stretch() - first, stretchBits);
        }
        places.end();
        return out.toBytes();
    }

    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(bits.length);
        for (int i = 0; i < bits.length; i++) {
            entries.add(new Entry(bits[i], place(i)));
        }
        return entries;
    }

    /** The places of the entries with these bits. */
    public void find(int wanted, Consumer<Place> places) {
        int any = Arrays.binarySearch(bits, wanted);
        int from = any;
        while (from > 0 && bits[from - 1] == wanted) {
            from--;
        }
        for (int i = from; i >= 0 && i < bits.length && bits[i] == wanted; i++) {
            places.accept(place(i));
        }
    }

    private Place place(int index) {
        int at = index * (seriesBits + stretchBits);
        return new Place((int) read(at, seriesBits), first + read(at + seriesBits, stretchBits));
    }

    private long read(int from, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            int at = from + i;
            value |= (long) (places[at / Byte.SIZE] >>> at % Byte.SIZE & 1) << i;
        }
        return value;
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
}
