package phr.fhir.normalise.medication.record;

/** Who wrote a record (作成者). */
public enum Creator {
    PROFESSIONAL("1"),
    PATIENT("2"),
    OTHER("8"),
    UNKNOWN("9"),
    /** The record does not say. */
    NOT_STATED("");

    private final String code;

    Creator(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    static Creator of(String code) {
        for (Creator creator : values()) {
            if (creator.code.equals(code)) {
                return creator;
            }
        }
        return NOT_STATED;
    }
}
