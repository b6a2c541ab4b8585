package phr.deploy.demo;

import java.io.Serial;

/** The journey cannot go on: an answer lacks what the next step needs. */
final class JourneyException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    JourneyException(String message) {
        super(message);
    }
}
