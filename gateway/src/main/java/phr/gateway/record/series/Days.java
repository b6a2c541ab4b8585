package phr.gateway.record.series;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.gateway.record.Sum;

/** Adds up samples of one series by Tokyo day, and packs the sums. They come in order of their start. */
public final class Days {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final int LONG_BITS = 63;

    private final int numbers;
    private final List<DaySums> done = new ArrayList<>();
    private final Totals[] totals;
    private @Nullable Span span;
    private int count;
    private long dayFrom = Long.MAX_VALUE;
    private long dayTo = Long.MIN_VALUE;

    /** @param numbers that each sample has */
    Days(int numbers) {
        this.numbers = numbers;
        this.totals = new Totals[numbers];
    }

    /** @param unscaled the numbers without their points, and how many digits are behind these */
    void add(long from, long to, long[] unscaled, int[] scales) {
        if (from < dayFrom || from >= dayTo) {
            close();
            turn(from);
        }
        if (to > dayTo) {
            Totals[] alone = new Totals[numbers];
            add(alone, true, unscaled, scales);
            done.add(new DaySums(Span.of(from, to), 1, sums(alone)));
            return;
        }
        add(totals, span == null, unscaled, scales);
        span = span == null ? Span.of(from, to) : span.with(from, to);
        count++;
    }

    private void add(Totals[] all, boolean first, long[] unscaled, int[] scales) {
        for (int i = 0; i < numbers; i++) {
            if (first) {
                all[i] = new Totals();
            }
            all[i].add(unscaled[i], scales[i]);
        }
    }

    private static List<Sum> sums(Totals[] all) {
        return Arrays.stream(all).map(Totals::total).toList();
    }

    private void close() {
        if (span != null) {
            done.add(new DaySums(span, count, sums(totals)));
        }
        span = null;
        count = 0;
    }

    private void turn(long from) {
        LocalDate day =
                Instant.EPOCH.plus(from, ChronoUnit.MICROS).atZone(TOKYO).toLocalDate();
        dayFrom = micros(day);
        dayTo = micros(day.plusDays(1));
    }

    private static long micros(LocalDate day) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, day.atStartOfDay(TOKYO).toInstant());
    }

    /** What was added. */
    public List<DaySums> sums() {
        close();
        return done;
    }

    static byte[] encode(List<DaySums> days) {
        ByteWriter out = new ByteWriter();
        out.unsigned(days.size());
        long before = 0;
        for (DaySums day : days) {
            Span span = day.span();
            out.signed(span.firstFrom() - before);
            out.unsigned(span.lastFrom() - span.firstFrom());
            out.signed(span.firstTo() - span.firstFrom());
            out.unsigned(span.lastTo() - span.firstTo());
            out.unsigned(day.count());
            before = span.firstFrom();
            for (Sum sum : day.sums()) {
                write(out, sum.sum());
                write(out, sum.least());
                write(out, sum.greatest());
            }
        }
        return out.toBytes();
    }

    private static void write(ByteWriter out, BigDecimal number) {
        BigInteger unscaled = number.unscaledValue();
        boolean large = unscaled.bitLength() > LONG_BITS;
        out.unsigned(number.scale() * 2L + (large ? 1 : 0));
        if (large) {
            byte[] bytes = unscaled.toByteArray();
            out.unsigned(bytes.length);
            out.raw(bytes);
        } else {
            out.signed(unscaled.longValue());
        }
    }

    static List<DaySums> decode(byte[] bytes, int numbers) {
        ByteReader in = new ByteReader(bytes);
        int size = in.count();
        List<DaySums> days = new ArrayList<>(size);
        long before = 0;
        for (int i = 0; i < size; i++) {
            long firstFrom = before + in.signed();
            long lastFrom = firstFrom + in.unsigned();
            long firstTo = firstFrom + in.signed();
            Span span = new Span(firstFrom, lastFrom, firstTo, firstTo + in.unsigned());
            int count = in.count();
            List<Sum> sums = new ArrayList<>(numbers);
            for (int number = 0; number < numbers; number++) {
                sums.add(new Sum(read(in), read(in), read(in)));
            }
            days.add(new DaySums(span, count, sums));
            before = firstFrom;
        }
        return days;
    }

    private static BigDecimal read(ByteReader in) {
        int head = in.count();
        return (head & 1) == 0
                ? BigDecimal.valueOf(in.signed(), head / 2)
                : new BigDecimal(new BigInteger(in.raw(in.count())), head / 2);
    }
}
