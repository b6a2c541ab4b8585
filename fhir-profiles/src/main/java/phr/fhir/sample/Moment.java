package phr.fhir.sample;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A FHIR dateTime or instant with time and offset, as written.
 *
 * @param micros since 1970
 * @param form how it is written: digits behind the second (0 to 6), offset, and whether the offset is a Z
 */
public record Moment(long micros, int form) {

    private static final long PER_SECOND = 1_000_000;
    private static final long PER_DAY = 86_400 * PER_SECOND;
    private static final int SECONDS_LENGTH = 19;
    private static final int MOST_DIGITS = 6;
    private static final int ZULU = 1 << 3;
    private static final int OFFSET_SHIFT = 4;
    private static final int OFFSET_BIAS = 1024;
    private static final int MOST_OFFSET = 14 * 60;
    /** {@link #form} of a time in UTC, written with a Z and without a fraction; the digits of one may be added. */
    public static final int UTC_FORM = ZULU | OFFSET_BIAS << OFFSET_SHIFT;

    private static final int[] DAYS = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    /** Days from 0000-03-01 to 1970-01-01. */
    private static final long TO_EPOCH = 719_468;

    private static final long NO_DAY = Long.MIN_VALUE;

    /** Null when it has no seconds or offset, or cannot be written again exactly so. */
    public static @Nullable Moment parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return parse(bytes, 0, bytes.length);
    }

    /** The same of a part of a text in ASCII. */
    public static @Nullable Moment parse(byte[] text, int from, int to) {
        if (to - from <= SECONDS_LENGTH || !separated(text, from)) {
            return null;
        }
        int seconds = secondOfDay(text, from + 11);
        long day = epochDay(text, from);
        if (seconds < 0 || day == NO_DAY) {
            return null;
        }
        int at = from + SECONDS_LENGTH;
        int digits = 0;
        long fraction = 0;
        if (text[at] == '.') {
            at++;
            for (; at < to && text[at] >= '0' && text[at] <= '9'; at++) {
                fraction = fraction * 10 + text[at] - '0';
                if (++digits > MOST_DIGITS) {
                    return null;
                }
            }
            if (digits == 0) {
                return null;
            }
        }
        int zone = zone(text, at, to);
        if (zone < 0) {
            return null;
        }
        for (int i = digits; i < MOST_DIGITS; i++) {
            fraction *= 10;
        }
        long minutes = (zone >> OFFSET_SHIFT) - OFFSET_BIAS;
        return new Moment((day * 86_400 + seconds - minutes * 60) * PER_SECOND + fraction, zone | digits);
    }

    private static boolean separated(byte[] text, int from) {
        return text[from + 4] == '-'
                && text[from + 7] == '-'
                && text[from + 10] == 'T'
                && text[from + 13] == ':'
                && text[from + 16] == ':';
    }

    /** Negative when there is no such time. */
    private static int secondOfDay(byte[] text, int from) {
        int hour = two(text, from);
        int minute = two(text, from + 3);
        int second = two(text, from + 6);
        boolean wrong = (hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59;
        return wrong ? -1 : hour * 3600 + minute * 60 + second;
    }

    /** {@link #NO_DAY} when there is no such day. */
    private static long epochDay(byte[] text, int from) {
        int century = two(text, from);
        int inCentury = two(text, from + 2);
        int month = two(text, from + 5);
        int day = two(text, from + 8);
        if ((century | inCentury | month | day) < 0 || month < 1 || month > 12 || day < 1) {
            return NO_DAY;
        }
        int year = century * 100 + inCentury;
        boolean leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
        if (day > DAYS[month] && !(leap && month == 2 && day == 29)) {
            return NO_DAY;
        }
        // Years begin with March, so that the leap day is the last of a year (as java.time.LocalDate does).
        long shifted = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(shifted, 400);
        long yearOfEra = shifted - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - TO_EPOCH;
    }

    /** The form without its digits; negative when what remains is no offset that would be written so. */
    private static int zone(byte[] text, int at, int to) {
        if (to - at == 1 && text[at] == 'Z') {
            return ZULU | OFFSET_BIAS << OFFSET_SHIFT;
        }
        if (to - at != 6 || text[at] != '+' && text[at] != '-' || text[at + 3] != ':') {
            return -1;
        }
        int hours = two(text, at + 1);
        int minutes = two(text, at + 4);
        int offset = hours * 60 + minutes;
        if ((hours | minutes) < 0 || minutes > 59 || offset > MOST_OFFSET || text[at] == '-' && offset == 0) {
            return -1;
        }
        return (text[at] == '-' ? OFFSET_BIAS - offset : OFFSET_BIAS + offset) << OFFSET_SHIFT;
    }

    /** Negative when there are not two digits. */
    private static int two(byte[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return (tens | ones) < 0 || tens > 9 || ones > 9 ? -1 : tens * 10 + ones;
    }

    /** The offset it is written with, seconds east of Greenwich. */
    public int offsetSeconds() {
        return ((form >> OFFSET_SHIFT) - OFFSET_BIAS) * 60;
    }

    /** The instant behind it: the length of its precision later (consent-semantics.md §5.1). */
    public long end() {
        long length = PER_SECOND;
        for (int i = form & 7; i > 0; i--) {
            length /= 10;
        }
        return micros + length;
    }

    /** As it stands in JSON. */
    @Override
    public String toString() {
        byte[] text = new byte[40];
        return new String(text, 0, writeTo(text, 0), StandardCharsets.US_ASCII);
    }

    /** @return the position behind it; at most 33 bytes further */
    public int writeTo(byte[] out, int from) {
        int offset = (form >> OFFSET_SHIFT) - OFFSET_BIAS;
        long local = micros + offset * 60L * PER_SECOND;
        long day = Math.floorDiv(local, PER_DAY);
        long inDay = local - day * PER_DAY;
        int at = date(out, from, day);
        out[at++] = 'T';
        int seconds = (int) (inDay / PER_SECOND);
        at = two(out, at, seconds / 3600);
        out[at++] = ':';
        at = two(out, at, seconds / 60 % 60);
        out[at++] = ':';
        at = two(out, at, seconds % 60);
        at = fraction(out, at, inDay % PER_SECOND);
        if ((form & ZULU) != 0) {
            out[at++] = 'Z';
            return at;
        }
        out[at++] = (byte) (offset < 0 ? '-' : '+');
        at = two(out, at, Math.abs(offset) / 60);
        out[at++] = ':';
        return two(out, at, Math.abs(offset) % 60);
    }

    private static int date(byte[] out, int from, long epochDay) {
        // Days are counted from 0000-03-01, so that the leap day is the last of a year (as java.time.LocalDate does).
        long shifted = epochDay + TO_EPOCH;
        long era = Math.floorDiv(shifted, 146_097);
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long shiftedMonth = (5 * dayOfYear + 2) / 153;
        int day = (int) (dayOfYear - (153 * shiftedMonth + 2) / 5 + 1);
        int month = (int) (shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9);
        int year = (int) (yearOfEra + era * 400 + (month <= 2 ? 1 : 0));
        int at = two(out, from, year / 100);
        at = two(out, at, year % 100);
        out[at++] = '-';
        at = two(out, at, month);
        out[at++] = '-';
        return two(out, at, day);
    }

    private int fraction(byte[] out, int from, long micros) {
        int digits = form & 7;
        if (digits == 0) {
            return from;
        }
        out[from] = '.';
        long rest = micros;
        for (int i = MOST_DIGITS; i > 0; i--) {
            if (i <= digits) {
                out[from + i] = (byte) ('0' + rest % 10);
            }
            rest /= 10;
        }
        return from + digits + 1;
    }

    private static int two(byte[] out, int at, int number) {
        out[at] = (byte) ('0' + number / 10);
        out[at + 1] = (byte) ('0' + number % 10);
        return at + 2;
    }
}
