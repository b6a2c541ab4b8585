package phr.deploy.keycloak;

import java.io.Serial;

/** Keycloak issued no token; the message is the OAuth 2.0 error code (RFC 6749 section 5.2). */
public final class TokenRefusedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TokenRefusedException(String error) {
        super(error);
    }
}
