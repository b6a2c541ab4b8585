package phr.fhir.normalise.vendor.measure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.fhir.text.Width;

/** Numbers as vendors write them. */
public final class Numbers {

    private static final int LONGEST = 40;
    private static final int DECIMALS = 3;
    private static final int NEARLY_NOTHING = 300;
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+|\\d{1,3}(,\\d{3})+)(\\.\\d+)?([eE][+-]?\\d{1,3})?");
    private static final Set<String> ABSENT = Set.of("", "-", "--", "---", "ー", "null", "nan", "na", "n/a", "未測定");

    private Numbers() {}

    /** Whether a cell says that there is no value. */
    public static boolean absent(@Nullable String text) {
        if (text == null) {
            return true;
        }
        String plain = Width.nfkcTrimmed(text);
        // Health Connect writes the smallest number for "not recorded" (lifelog.md §2.3)
        return plain.length() < LONGEST
                && (ABSENT.contains(plain.toLowerCase(java.util.Locale.ROOT))
                        || plain.matches("\\d(\\.\\d+)?[eE]-3\\d\\d"));
    }

    /** Null when it is no number. Full-width digits and commas between thousands are read. */
    public static @Nullable BigDecimal parse(String text) {
        String plain = Width.nfkcTrimmed(text);
        if (plain.length() > LONGEST || !NUMBER.matcher(plain).matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(plain.replace(",", ""));
        if (Math.abs((long) number.scale()) > NEARLY_NOTHING) {
            return null;
        }
        return number.scale() < 0 && number.scale() >= -LONGEST ? number.setScale(0) : number;
    }

    /** The number in another unit, rounded to what such a measurement can mean; as written when the factor is one. */
    public static BigDecimal times(BigDecimal number, BigDecimal factor) {
        if (factor.compareTo(BigDecimal.ONE) == 0) {
            return number;
        }
        BigDecimal product =
                number.multiply(factor).setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return product.scale() < 0 ? product.setScale(0) : product;
    }
}
