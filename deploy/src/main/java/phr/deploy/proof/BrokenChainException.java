package phr.deploy.proof;

import java.io.Serial;

/** The export is not what the gateway wrote. The message names the place and no content. */
public final class BrokenChainException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    BrokenChainException(String message) {
        super(message);
    }
}
