package phr.fhir.failure;

import java.io.Serial;

/** Carries a {@link Failure} to the edge. Its message holds the category and rule only, so logs stay free of content. */
public final class FailureException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    FailureException(Failure failure) {
        super(failure.category() + " " + failure.issues().get(0).rule());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
