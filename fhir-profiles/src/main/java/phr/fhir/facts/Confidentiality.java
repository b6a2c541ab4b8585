package phr.fhir.facts;

/** v3-Confidentiality in order: each level includes those before it (consent-semantics.md §6). */
public enum Confidentiality {
    U,
    L,
    M,
    N,
    R,
    V;

    public static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

    public boolean atMost(Confidentiality ceiling) {
        return compareTo(ceiling) <= 0;
    }
}
