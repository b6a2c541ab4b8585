package phr.fhir.judgement;

import java.math.BigDecimal;

/** On which side of a threshold a result is notable. */
public enum Side {
    AT_LEAST(">="),
    AT_MOST("<="),
    BELOW("<");

    /** What can be said of a result. */
    enum Answer {
        YES,
        NO,
        OPEN;

        static Answer of(boolean yes) {
            return yes ? YES : NO;
        }
    }

    private final String sign;

    Side(String sign) {
        this.sign = sign;
    }

    /** As FHIR writes a comparator. */
    public String sign() {
        return sign;
    }

    /** @param comparator of the result, empty = it is exact; with one it is a limit of what can be measured */
    Answer reached(BigDecimal value, String comparator, BigDecimal threshold) {
        int compared = value.compareTo(threshold);
        return switch (comparator) {
            case "" -> Answer.of(this == AT_LEAST ? compared >= 0 : this == AT_MOST ? compared <= 0 : compared < 0);
            case ">=" -> upwards(compared >= 0, this == AT_MOST ? compared > 0 : compared >= 0);
            case ">" -> upwards(compared >= 0, compared >= 0);
            case "<=" -> downwards(this == BELOW ? compared < 0 : compared <= 0, compared < 0);
            case "<" -> downwards(compared <= 0, compared <= 0);
            default -> Answer.OPEN;
        };
    }

    /** Everything from the limit upwards is possible: all of it reaches an upper threshold, or none of it a lower one. */
    private Answer upwards(boolean all, boolean none) {
        if (this == AT_LEAST) {
            return all ? Answer.YES : Answer.OPEN;
        }
        return none ? Answer.NO : Answer.OPEN;
    }

    private Answer downwards(boolean all, boolean none) {
        if (this == AT_LEAST) {
            return none ? Answer.NO : Answer.OPEN;
        }
        return all ? Answer.YES : Answer.OPEN;
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
