package phr.fhir.normalise.template;

import org.jspecify.annotations.Nullable;
import phr.fhir.sample.Decimal;
import phr.fhir.sample.Moment;
import phr.fhir.text.MyNumber;

/**
 * What may stand where a template is open, narrower than what the long way accepts and keeps as written: the first byte that is
 * not such text ends it.
 */
final class Variable {

    private static final int LONGEST = 200;
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_AROUND = 2000;
    private static final int MY_NUMBER = 12;
    private static final int FIRST_YEAR = 1800;
    private static final int LAST_YEAR = 2200;
    /** From the first digit that is not 0 to the last: smaller numbers are written with an exponent by the long way. */
    private static final int MOST_LEADING_ZEROS = 6;

    private static final boolean[] NAME = characters("-._~:/|+=@#$%*,;!()");
    private static final boolean[] ID = characters("-.");
    private static final boolean[] TIME = characters("-:.+");
    private static final boolean[] NUMBER = new boolean[128];
    private static final boolean[] AROUND = characters("-._~:/|+=@#$%*,;!()?&' [](){}^<>`");

    static {
        for (char c = '0'; c <= '9'; c++) {
            NUMBER[c] = true;
        }
        NUMBER['-'] = true;
        NUMBER['.'] = true;
    }

    private Variable() {}

    /** The position behind what begins there. */
    static int name(byte[] text, int from, int to) {
        return end(NAME, text, from, Math.min(to, from + LONGEST));
    }

    static int id(byte[] text, int from, int to) {
        return end(ID, text, from, Math.min(to, from + LONGEST_ID));
    }

    static int time(byte[] text, int from, int to) {
        return end(TIME, text, from, Math.min(to, from + LONGEST_ID));
    }

    static int number(byte[] text, int from, int to) {
        return end(NUMBER, text, from, Math.min(to, from + LONGEST_ID));
    }

    static int around(byte[] text, int from, int to) {
        return end(AROUND, text, from, Math.min(to, from + LONGEST_AROUND));
    }

    /** Null when the long way would refuse it or write it otherwise. */
    static @Nullable Moment moment(byte[] text, int from, int to) {
        Moment moment = Moment.parse(text, from, to);
        if (moment == null) {
            return null;
        }
        int year = (text[from] - '0') * 1000
                + (text[from + 1] - '0') * 100
                + (text[from + 2] - '0') * 10
                + text[from + 3]
                - '0';
        return year < FIRST_YEAR || year > LAST_YEAR ? null : moment;
    }

    /** Null when the long way would refuse it or write it otherwise. */
    static @Nullable Decimal decimal(byte[] text, int from, int to) {
        Decimal decimal = Decimal.parse(text, from, to);
        boolean small = decimal != null
                && decimal.scale() > MOST_LEADING_ZEROS
                && Math.abs(decimal.unscaled()) < POWERS[decimal.scale() - MOST_LEADING_ZEROS];
        return small ? null : decimal;
    }

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    /** Whether a name might hold a My Number, see {@link MyNumber}; looks closer only where digits stand as they must. */
    static boolean myNumber(byte[] text, int from, int to) {
        if (to - from < MY_NUMBER) {
            return false;
        }
        int run = 0;
        int fours = 0;
        for (int i = from; i <= to; i++) {
            boolean digit = i < to && text[i] >= '0' && text[i] <= '9';
            if (digit) {
                run++;
            } else {
                fours += run == 4 ? 1 : 0;
                if (run == MY_NUMBER || fours >= 3) {
                    return MyNumber.in(new String(text, from, to - from, java.nio.charset.StandardCharsets.US_ASCII));
                }
                run = 0;
            }
        }
        return false;
    }

    private static int end(boolean[] characters, byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] >= 0 && characters[text[at]]) {
            at++;
        }
        return at;
    }

    private static boolean[] characters(String others) {
        boolean[] allowed = new boolean[128];
        others.chars().forEach(c -> allowed[c] = true);
        for (char c = 0; c < 128; c++) {
            allowed[c] |= c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
        }
        return allowed;
    }
}
