package phr.gateway.record.series;

/** Between which starts and between which ends the data times of some samples lie: microseconds since 1970, all inclusive. */
public record Span(long firstFrom, long lastFrom, long firstTo, long lastTo) {

    /** Of one data time. */
    public static Span of(long from, long to) {
        return new Span(from, from, to, to);
    }

    Span with(long from, long to) {
        return new Span(
                Math.min(firstFrom, from), Math.max(lastFrom, from), Math.min(firstTo, to), Math.max(lastTo, to));
    }
}
