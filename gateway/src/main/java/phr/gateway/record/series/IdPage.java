package phr.gateway.record.series;

import java.util.UUID;
import java.util.function.Consumer;

/**
 * A page of the index from ids to places: sorted by the first bits of the id, differences, then some more bits of each, then the
 * places in as few bits as they need. A hit is a place to look, no proof: ids may share those bits, and samples may have left.
 */
public final class IdPage {

    /** Entries of a full page: about as many as the database keeps in one row. */
    public static final int ENTRIES = 400;

    private static final int LAYOUT = 2;

    /** Bits of an id that say where it stands: differences of them take two bytes in most records. */
    public static final int ORDERED = 30;

    /** With eight more, that only tell apart: to look at a wrong place costs the reading of a chunk. */
    static final int KEPT = ORDERED + Byte.SIZE;

    private final int[] bits;
    private final byte[] more;
    private final byte[] places;
    private final long first;
    private final int stretchBits;
    private final int seriesBits;

    /** @param page as {@link #encode} made it */
    public IdPage(byte[] page) {
        ByteReader in = new ByteReader(page);
        if (in.bits8() != LAYOUT) {
            throw new IllegalStateException("a page has a layout this version does not know");
        }
        bits = new int[in.count()];
        first = in.signed();
        stretchBits = in.bits8();
        seriesBits = in.bits8();
        long before = 0;
        for (int i = 0; i < bits.length; i++) {
            before += in.unsigned();
            bits[i] = (int) before;
        }
        more = in.raw(bits.length);
        places = in.rest();
    }

    /** What is kept of an id: the first 38 bits. */
    public static long kept(UUID id) {
        return id.getMostSignificantBits() >>> Long.SIZE - KEPT;
    }

    /** The bits that say where it stands. */
    public static int bits(long kept) {
        return (int) (kept >>> Byte.SIZE);
    }

    /** On which of so many pages it stands. */
    public static int of(long kept, int pages) {
        return (int) ((long) bits(kept) * pages >>> ORDERED);
    }

    /** Where it stands among so many places: ids are evenly spread, and so in order. */
    static int share(long kept, int places) {
        return (int) Math.multiplyHigh(kept << Long.SIZE - 1 - KEPT, 2L * places);
    }

    /** @param entries sorted by their ids */
    public static byte[] encode(IdEntries entries) {
        ByteWriter out = new ByteWriter();
        int size = entries.size();
        out.bits8(LAYOUT);
        out.unsigned(size);
        long first = size == 0 ? 0 : Long.MAX_VALUE;
        long last = size == 0 ? 0 : Long.MIN_VALUE;
        int series = 0;
        for (int i = 0; i < size; i++) {
            first = Math.min(first, entries.stretch(i));
            last = Math.max(last, entries.stretch(i));
            series = Math.max(series, entries.series(i));
        }
        int stretchBits = Long.SIZE - Long.numberOfLeadingZeros(last - first);
        int seriesBits = Integer.SIZE - Integer.numberOfLeadingZeros(series);
        out.signed(first);
        out.bits8(stretchBits);
        out.bits8(seriesBits);
        int before = 0;
        for (int i = 0; i < size; i++) {
            int next = bits(entries.id(i));
            out.unsigned(next - before);
            before = next;
        }
        for (int i = 0; i < size; i++) {
            out.bits8((int) entries.id(i));
        }
        BitWriter places = new BitWriter(out);
        for (int i = 0; i < size; i++) {
            places.write(entries.series(i), seriesBits);
            places.write(entries.stretch(i) - first, stretchBits);
        }
        places.end();
        return out.toBytes();
    }

    public int size() {
        return bits.length;
    }

    /** Marks the ids of all entries. */
    public void mark(Marks marks) {
        for (int i = 0; i < bits.length; i++) {
            marks.add(kept(i));
        }
    }

    /** Adds an entry to others. */
    public void addTo(IdEntries entries, int index) {
        int at = index * (seriesBits + stretchBits);
        entries.add(kept(index), (int) read(at, seriesBits), first + read(at + seriesBits, stretchBits));
    }

    /** What is kept of the id of an entry. */
    public long kept(int index) {
        return (long) bits[index] << Byte.SIZE | more[index] & 0xff;
    }

    /**
     * The places of the entries of an id.
     *
     * @param kept of the id
     */
    public void find(long kept, Consumer<Place> places) {
        int wanted = bits(kept);
        for (int i = first(wanted); i < bits.length && bits[i] == wanted; i++) {
            if (more[i] == (byte) kept) {
                places.accept(place(i));
            }
        }
    }

    /** The first entry with these bits or higher ones: about where they are expected, as ids are evenly spread. */
    private int first(int wanted) {
        int last = bits.length - 1;
        if (last < 0 || wanted > bits[last]) {
            return bits.length;
        }
        long span = Math.max(1, (long) bits[last] - bits[0]);
        int at = (int) (Math.max(0, (long) wanted - bits[0]) * last / span);
        while (at > 0 && bits[at - 1] >= wanted) {
            at--;
        }
        while (bits[at] < wanted) {
            at++;
        }
        return at;
    }

    private Place place(int index) {
        int at = index * (seriesBits + stretchBits);
        return new Place((int) read(at, seriesBits), first + read(at + seriesBits, stretchBits));
    }

    private long read(int from, int length) {
        long value = 0;
        int got = 0;
        while (got < length) {
            int at = from + got;
            int taken = Math.min(Byte.SIZE - at % Byte.SIZE, length - got);
            long part = (places[at / Byte.SIZE] & 0xff) >>> at % Byte.SIZE & (1 << taken) - 1;
            value |= part << got;
            got += taken;
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
            long rest = value;
            int left = bits;
            while (left > 0) {
                int taken = Math.min(Byte.SIZE - count, left);
                held |= (int) (rest & (1 << taken) - 1) << count;
                rest >>>= taken;
                left -= taken;
                count += taken;
                if (count == Byte.SIZE) {
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
