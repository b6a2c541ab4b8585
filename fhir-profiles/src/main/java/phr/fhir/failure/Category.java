package phr.fhir.failure;

/** Kinds of failure; each has one HTTP status and one FHIR issue code (design, Failures). */
public enum Category {
    MALFORMED(400, "structure"),
    UNAUTHENTICATED(401, "login"),
    FORBIDDEN(403, "forbidden"),
    NOT_FOUND(404, "not-found"),
    CONFLICT(409, "conflict"),
    GONE(410, "deleted"),
    STALE(412, "conflict"),
    TOO_LARGE(413, "too-long"),
    INVALID(422, "invariant"),
    BUSY(429, "throttled"),
    FAULT(500, "exception"),
    UNAVAILABLE(503, "transient"),
    /** Accepted, waits for the person. */
    HELD(202, "informational");

    private final int status;
    private final String issueCode;

    Category(int status, String issueCode) {
        this.status = status;
        this.issueCode = issueCode;
    }

    public int status() {
        return status;
    }

    public String issueCode() {
        return issueCode;
    }
}
