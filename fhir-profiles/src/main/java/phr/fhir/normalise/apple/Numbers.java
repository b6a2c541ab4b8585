package phr.fhir.normalise.apple;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.lifelog.SourceTable;
import phr.fhir.sample.Decimal;

/** Values as numbers, as long as there is nothing to say about them. */
final class Numbers {

    /** Longer ones could be anything, a My Number among them, and are looked at. */
    private static final int LONGEST = 18;

    private static final int MY_NUMBER = 12;
    /** Smaller numbers are written with an exponent by the long way. */
    private static final int MOST_SCALE = 6;

    private Numbers() {}

    /** Null when the long way has to see it. */
    static @Nullable Decimal plain(byte[] text, int from, int to) {
        if (to - from > LONGEST || to - from >= MY_NUMBER && whole(text, from, to)) {
            return null;
        }
        return fit(Decimal.parse(text, from, to));
    }

    /** The number in the unit of the metric, null when the long way has to see it. */
    static @Nullable Decimal converted(SourceTable.Row row, String unit, byte[] text, int from, int to) {
        if (plain(text, from, to) == null) {
            return null;
        }
        BigDecimal written = new BigDecimal(new String(text, from, to - from, StandardCharsets.US_ASCII));
        BigDecimal value = row.value(written, unit);
        return value == null ? null : fit(Decimal.parse(value.toPlainString()));
    }

    private static @Nullable Decimal fit(@Nullable Decimal decimal) {
        boolean unfit =
                decimal == null || decimal.unscaled() < 0 || decimal.scale() > MOST_SCALE && decimal.value() < 0.00001;
        return unfit ? null : decimal;
    }

    private static boolean whole(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '.') {
                return false;
            }
        }
        return true;
    }
}
