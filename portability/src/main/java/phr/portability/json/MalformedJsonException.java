package phr.portability.json;

import java.io.Serial;

/** Not JSON, or nested too deeply. Says nothing about the content. */
public final class MalformedJsonException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message);
    }
}
