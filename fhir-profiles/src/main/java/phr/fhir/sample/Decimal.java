package phr.fhir.sample;

import org.jspecify.annotations.Nullable;

/**
 * A JSON number without exponent, digit for digit: {@code unscaled / 10^scale}.
 *
 * @param scale digits behind the point, 0 to 18
 */
public record Decimal(long unscaled, int scale) {

    private static final int MOST_DIGITS = 18;

    /** Null when the number cannot be written again exactly so. */
    public static @Nullable Decimal parse(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int point = text.indexOf('.');
        String digits = point < 0 ? text.substring(from) : text.substring(from, point) + text.substring(point + 1);
        if (digits.isEmpty() || digits.length() > MOST_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        long unscaled = Long.parseLong(digits);
        Decimal decimal = new Decimal(from == 1 ? -unscaled : unscaled, point < 0 ? 0 : text.length() - point - 1);
        return decimal.toString().equals(text) ? decimal : null;
    }

    public double value() {
        double value = unscaled;
        for (int i = 0; i < scale; i++) {
            value /= 10;
        }
        return value;
    }

    /** As it stands in JSON. */
    @Override
    public String toString() {
        if (scale == 0) {
            return Long.toString(unscaled);
        }
        String digits = Long.toString(Math.abs(unscaled));
        String padded = "0".repeat(Math.max(0, scale + 1 - digits.length())) + digits;
        int point = padded.length() - scale;
        return (unscaled < 0 ? "-" : "") + padded.substring(0, point) + "." + padded.substring(point);
    }
}
