package phr.fhir.judgement;

import java.math.BigDecimal;

/** On which side of a threshold a result is notable. */
public enum Side {
    AT_LEAST(">="),
    AT_MOST("<="),
    BELOW("<");

    private final String sign;

    Side(String sign) {
        this.sign = sign;
    }

    public String sign() {
        return sign;
    }

    boolean reached(BigDecimal value, BigDecimal threshold) {
        int compared = value.compareTo(threshold);
        return switch (this) {
            case AT_LEAST -> compared >= 0;
            case AT_MOST -> compared <= 0;
            case BELOW -> compared < 0;
        };
    }

    /** Whether a value beyond the measurable range tells anything: {@code <=} says nothing about {@code >=}. */
    boolean tells(String comparator) {
        return switch (comparator) {
            case "" -> true;
            case ">=", ">" -> this == AT_LEAST;
            case "<=", "<" -> this != AT_LEAST;
            default -> false;
        };
    }

    static Side parse(String sign) {
        for (Side side : values()) {
            if (side.sign.equals(sign)) {
                return side;
            }
        }
        throw new IllegalArgumentException("no such side");
    }
}
