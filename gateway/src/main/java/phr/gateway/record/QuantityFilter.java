package phr.gateway.record;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One quantity parameter (FHIR R4 search §3.1.1.4.6 and .7), with alternatives.
 *
 * <p>A prefix compares with the number as it is; without one, and for {@code ne}, a number stands for all that are written like it
 * with its digits. Units are compared as they stand, never converted.
 */
public record QuantityFilter(List<Sought> alternatives) {

    /** Prefixes. */
    public enum Prefix {
        EQ,
        NE,
        LT,
        GT,
        LE,
        GE,
        SA,
        EB,
        /** Within a tenth of the number. */
        AP
    }

    /**
     * One alternative.
     *
     * @param system null = any
     * @param code of the unit; without system also its text; null = any
     */
    public record Sought(
            Prefix prefix,
            BigDecimal number,
            @Nullable String system,
            @Nullable String code) {

        /** Whether the unit is the one sought. */
        public boolean unit(ObservedValue of) {
            if (code == null) {
                return true;
            }
            return system == null
                    ? code.equals(of.code()) || code.equals(of.unit())
                    : system.equals(of.system()) && code.equals(of.code());
        }

        /**
         * Whether a value is the one sought.
         *
         * @param low lowest; null = unbounded
         * @param high highest; null = unbounded
         * @param open the ends themselves are none of its values
         */
        public boolean value(@Nullable BigDecimal low, @Nullable BigDecimal high, boolean open) {
            return switch (prefix) {
                case EQ -> inside(low, high, half(), false);
                case NE -> !inside(low, high, half(), false);
                case AP -> inside(low, high, number.abs().movePointLeft(1), true);
                case LT -> low == null || low.compareTo(number) < 0;
                case GT -> high == null || high.compareTo(number) > 0;
                case LE -> low == null || low.compareTo(number) < (open ? 0 : 1);
                case GE -> high == null || high.compareTo(number) > (open ? 0 : -1);
                case SA -> low != null && low.compareTo(number) > (open ? -1 : 0);
                case EB -> high != null && high.compareTo(number) < (open ? 1 : 0);
            };
        }

        private boolean inside(
                @Nullable BigDecimal low, @Nullable BigDecimal high, BigDecimal distance, boolean inclusive) {
            return low != null
                    && high != null
                    && low.compareTo(number.subtract(distance)) >= 0
                    && high.compareTo(number.add(distance)) < (inclusive ? 1 : 0);
        }

        /** Half of its last digit; of a whole number with exponent half of the digit behind it, as the standard has it. */
        private BigDecimal half() {
            int digits = number.scale() < 0 ? number.scale() + 1 : number.scale();
            return new BigDecimal("0.5").scaleByPowerOfTen(-digits);
        }
    }

    public QuantityFilter {
        alternatives = List.copyOf(alternatives);
    }

    /** Whether what is observed is among what is sought. */
    public boolean matches(ObservedValue value) {
        return alternatives.stream()
                .anyMatch(sought -> sought.unit(value) && sought.value(value.low(), value.high(), value.open()));
    }
}
