package phr.fhir.sample;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
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

    /** Null when it has no seconds or offset, or cannot be written again exactly so. */
    public static @Nullable Moment parse(String text) {
        try {
            return written(text);
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Moment written(String text) {
        if (text.length() < SECONDS_LENGTH + 1) {
            return null;
        }
        long seconds = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                                .toEpochDay()
                        * 86_400
                + LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19))
                        .toSecondOfDay();
        int end = SECONDS_LENGTH;
        int digits = 0;
        long fraction = 0;
        if (text.charAt(end) == '.') {
            end++;
            while (end < text.length() && Character.digit(text.charAt(end), 10) >= 0) {
                fraction = fraction * 10 + text.charAt(end++) - '0';
                digits++;
            }
            if (digits == 0 || digits > MOST_DIGITS) {
                return null;
            }
        }
        boolean zulu = text.startsWith("Z", end);
        int offset = zulu ? 0 : offset(text, end);
        if (Math.abs(offset) > MOST_OFFSET) {
            return null;
        }
        for (int i = digits; i < MOST_DIGITS; i++) {
            fraction *= 10;
        }
        int form = digits | (zulu ? ZULU : 0) | (offset + OFFSET_BIAS) << OFFSET_SHIFT;
        Moment moment = new Moment((seconds - offset * 60L) * PER_SECOND + fraction, form);
        return moment.toString().equals(text) ? moment : null;
    }

    private static int offset(String text, int at) {
        if (text.length() != at + 6) {
            throw new DateTimeException("no offset");
        }
        int minutes = number(text, at + 1, at + 3) * 60 + number(text, at + 4, at + 6);
        return text.charAt(at) == '-' ? -minutes : minutes;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("no digit");
            }
            number = number * 10 + digit;
        }
        return number;
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
        long shifted = epochDay + 719_468;
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
