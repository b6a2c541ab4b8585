package phr.gateway.record.choice;

import java.math.BigDecimal;

/** That a source has a value in a contest. */
public record Claim(Contest contest, LifelogSource source, Weight weight) {

    /** What a value says, the weightiest first. */
    public enum Weight {
        MEASURED,
        /** A total of something, such as the steps of an exercise: believed only where no source has samples. */
        TOTAL,
        /** Nothing was counted: a watch on its charger does not contradict the telephone in the pocket. */
        ZERO
    }

    public static Weight weigh(BigDecimal value, boolean total) {
        return total ? Weight.TOTAL : value.signum() > 0 ? Weight.MEASURED : Weight.ZERO;
    }

    /** Both are counted when one of them is chosen. */
    boolean agrees(Claim other) {
        return source.equals(other.source) && (weight == Weight.TOTAL) == (other.weight == Weight.TOTAL);
    }
}
