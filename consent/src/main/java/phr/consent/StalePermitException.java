package phr.consent;

import java.io.Serial;

/** The person changed her consents after the permit was made: decide again. */
public final class StalePermitException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public StalePermitException() {
        super("consent epoch moved");
    }
}
