package phr.fhir.judgement;

import java.math.BigDecimal;

/**
 * A threshold that a result has reached.
 *
 * @param level the stricter of those reached
 * @param side of the threshold on which results are notable
 * @param threshold in the unit of the result
 * @param version of the table of thresholds
 * @param source where the threshold is published
 */
public record Judgement(Level level, Side side, BigDecimal threshold, String version, String source) {

    /** Two thresholds of one item. */
    public enum Level {
        /** 保健指導判定値. */
        GUIDANCE("guidance", "保健指導判定値"),
        /** 受診勧奨判定値. */
        REFERRAL("referral", "受診勧奨判定値");

        private final String code;
        private final String japanese;

        Level(String code, String japanese) {
            this.code = code;
            this.japanese = japanese;
        }

        public String code() {
            return code;
        }

        public String japanese() {
            return japanese;
        }
    }
}
