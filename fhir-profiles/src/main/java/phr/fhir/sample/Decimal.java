package phr.fhir.sample;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A JSON number without exponent, digit for digit: {@code unscaled / 10^scale}.
 *
 * @param scale digits behind the point, 0 to 18
 */
public record Decimal(long unscaled, int scale) {

    private static final int MOST_DIGITS = 18;
    private static final int LONGEST = 24;
    private static final double[] POWERS = powers();

    /** Null when the number cannot be written again exactly so. */
    public static @Nullable Decimal parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return parse(bytes, 0, bytes.length);
    }

    /** The same of a part of a text in ASCII. */
    public static @Nullable Decimal parse(byte[] text, int from, int to) {
        boolean negative = from < to && text[from] == '-';
        int first = negative ? from + 1 : from;
        long unscaled = 0;
        int digits = 0;
        int point = -1;
        for (int i = first; i < to; i++) {
            int digit = text[i] - '0';
            if (digit >= 0 && digit <= 9) {
                unscaled = unscaled * 10 + digit;
                digits++;
            } else if (text[i] == '.' && point < 0) {
                point = i;
            } else {
                return null;
            }
            if (digits > MOST_DIGITS) {
                return null;
            }
        }
        int whole = (point < 0 ? to : point) - first;
        int scale = point < 0 ? 0 : to - point - 1;
        boolean padded = whole > 1 && text[first] == '0';
        boolean wanting = whole < 1 || point >= 0 && scale == 0;
        if (padded || wanting || negative && unscaled == 0) {
            return null;
        }
        return new Decimal(negative ? -unscaled : unscaled, scale);
    }

    /** The same, for arithmetic. */
    public BigDecimal exact() {
        return BigDecimal.valueOf(unscaled, scale);
    }

    public double value() {
        return unscaled / POWERS[scale];
    }

    /** As it stands in JSON. */
    @Override
    public String toString() {
        byte[] text = new byte[LONGEST];
        return new String(text, 0, writeTo(text, 0), StandardCharsets.US_ASCII);
    }

    /** @return the position behind it; at most 24 bytes further */
    public int writeTo(byte[] out, int from) {
        long rest = Math.abs(unscaled);
        int digits = Math.max(digits(rest), scale + 1);
        int at = from;
        if (unscaled < 0) {
            out[at++] = '-';
        }
        int end = at + digits + (scale > 0 ? 1 : 0);
        for (int i = end - 1, written = 0; i >= at; i--) {
            if (scale > 0 && written == scale) {
                out[i] = '.';
            } else {
                out[i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            written++;
        }
        return end;
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private static double[] powers() {
        double[] powers = new double[MOST_DIGITS + 1];
        for (int i = 0; i <= MOST_DIGITS; i++) {
            powers[i] = Double.parseDouble("1e" + i);
        }
        return powers;
    }
}
