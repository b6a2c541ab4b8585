package phr.fhir.jp;

/** Data type of a checkup item in the CDA body. */
public enum ValueType {
    /** Number with unit. */
    PQ,
    /** Code. */
    CD,
    /** Ordered code. */
    CO,
    /** Text. */
    ST
}
