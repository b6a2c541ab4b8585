package phr.fhir.normalise.sleep;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** The sleep stages of the HL7 PHR guide (睡眠段階, lifelog.md §3.3), the coarsest first. */
public enum SleepStage {
    IN_BED("inBed"),
    ASLEEP_UNSPECIFIED("asleepUnspecified"),
    AWAKE("awake"),
    ASLEEP_CORE("asleepCore"),
    ASLEEP_DEEP("asleepDeep"),
    ASLEEP_REM("asleepREM");

    private static final String SYSTEM = "http://hl7.org/fhir/uv/phr/CodeSystem/sleep-analysis-codes";
    static final List<SleepStage> ALL = List.of(values());

    private final String code;

    SleepStage(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** As value of an Observation. */
    public CodeableConcept concept() {
        return new CodeableConcept(new Coding(SYSTEM, code, null));
    }

    boolean asleep() {
        return this != IN_BED && this != AWAKE;
    }
}
