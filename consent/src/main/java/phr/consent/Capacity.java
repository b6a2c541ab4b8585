package phr.consent;

/** In which capacity somebody calls. */
public enum Capacity {
    SELF,
    PROXY,
    RECIPIENT,
    OPERATOR
}
