package phr.gateway.ingest.job.run;

/** A job goes no further; what it has stored stays. */
final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    enum Reason {
        /** Somebody wants it to stop. */
        CANCELED,
        /** The answer of consent is no by now. */
        NOT_PERMITTED,
        /** Somebody else goes on with it, or it is gone. */
        LOST,
        /** The file was read in another way than before the crash: it begins anew. */
        READ_OTHERWISE
    }

    private final Reason reason;

    StoppedException(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
