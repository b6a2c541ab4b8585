package phr.fhir.sample;

/** Where the JSON of the samples of a series differs, besides the id. */
public enum Hole {
    /** Text of the identifier that the sample is known by, as it stands between the quotes. */
    IDENTIFIER,
    /** {@code effectiveDateTime}, or start of {@code effectivePeriod}. */
    START,
    /** End of {@code effectivePeriod}. */
    END,
    ISSUED,
    /** A value of a quantity; may occur several times. */
    NUMBER
}
