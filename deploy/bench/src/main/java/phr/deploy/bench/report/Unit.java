package phr.deploy.bench.report;

import java.util.Locale;

/** What a value is measured in, and which direction is better. */
public enum Unit {
    PER_SECOND("/s", true),
    MILLIS("ms", false),
    BYTES("B", false),
    MEGABYTES("MB", false),
    PERCENT("%", false),
    /** A share of one, where one half means "no difference". */
    CHANCE("", false);

    private final String sign;
    private final boolean moreIsBetter;

    Unit(String sign, boolean moreIsBetter) {
        this.sign = sign;
        this.moreIsBetter = moreIsBetter;
    }

    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    String sign() {
        return sign;
    }

    String written(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value)
                + (sign.isEmpty() ? "" : this == PER_SECOND ? sign : " " + sign);
    }
}
