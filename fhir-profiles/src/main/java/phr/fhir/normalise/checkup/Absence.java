package phr.fhir.normalise.checkup;

import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.normalise.xml.Element;

/** Why an observation has no value (checkup-cda.md §7). */
public enum Absence {
    NOT_PERFORMED(ObservationStatus.CANCELLED, "not-performed", "未実施"),
    NOT_MEASURABLE(ObservationStatus.CANCELLED, "error", "測定不能"),
    NO_ENTRY(ObservationStatus.FINAL, "unknown", "記載なし");

    private final ObservationStatus status;
    private final String code;
    private final String text;

    Absence(ObservationStatus status, String code, String text) {
        this.status = status;
        this.code = code;
        this.text = text;
    }

    /** The reason with this code of data-absent-reason; empty for others. */
    public static Optional<Absence> of(String code) {
        return Stream.of(values()).filter(absence -> absence.code.equals(code)).findFirst();
    }

    /** In Japanese. */
    public String text() {
        return text;
    }

    static boolean negated(Element observation) {
        String indicator = observation.code("negationInd");
        return "true".equals(indicator) || "1".equals(indicator);
    }

    /** Gives the result its status and the reason, in place of a value. */
    public void set(Observation result) {
        result.setStatus(status);
        result.setDataAbsentReason(
                Codings.concept(CheckupSystem.DATA_ABSENT_REASON, code).setText(text));
    }

    /** What the sender wrote is kept as text; no value is guessed from it. */
    static void unreadable(Observation result, String raw) {
        result.setDataAbsentReason(
                Codings.concept(CheckupSystem.DATA_ABSENT_REASON, "error").setText("数値として読めない記載: " + raw));
    }

    /** Documents before April 2013 say only that the limit was passed. */
    static void beyond(Observation result, boolean below) {
        result.setDataAbsentReason(
                new CodeableConcept().setText(below ? "測定範囲の下限以下 (数値の記載なし)" : "測定範囲の上限以上 (数値の記載なし)"));
    }
}
