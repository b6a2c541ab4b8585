package phr.fhir.judgement;

import org.jspecify.annotations.Nullable;
import phr.fhir.jp.CheckupConcepts.Concept;

/**
 * Where one result stands beside the published thresholds.
 *
 * @param item code of the item, of those of {@code concept}
 * @param reason why nothing was decided; null with any other outcome
 * @param thresholds it was compared with; null when there are none to compare with
 */
public record Judgement(
        String item,
        Concept concept,
        Outcome outcome,
        @Nullable Reason reason,
        @Nullable Thresholds thresholds) {

    /** The stricter threshold reached. */
    public enum Outcome {
        /** 受診勧奨判定値に達している. */
        REFERRAL("referral"),
        /** 保健指導判定値に達している. */
        GUIDANCE("guidance"),
        /** いずれにも達していない. */
        NONE("none"),
        /** 判定できない: nothing is guessed. */
        UNDECIDED("undecided");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        /** Code of the code system checkup-judgement. */
        public String code() {
            return code;
        }
    }

    /** Why nothing was decided. */
    public enum Reason {
        /** The day of the checkup is not known. */
        DAY("day-unknown"),
        /** No table held on that day. */
        TABLE("no-table"),
        /** The thresholds differ by sex, and the person's is not known. */
        SEX("sex-unknown"),
        /** The result is not in the unit of the table. */
        UNIT("unit"),
        /** The result is beyond the measurable range, and may lie on either side. */
        RANGE("beyond-range");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** Code of the code system checkup-judgement. */
        public String code() {
            return code;
        }
    }
}
