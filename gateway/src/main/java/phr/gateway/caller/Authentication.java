package phr.gateway.caller;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** How strongly the user of the request in progress was authenticated, as her token says. */
@ApplicationScoped
public class Authentication {

    private final SecurityIdentity identity;

    Authentication(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** Whether the token names this class of authentication ({@code acr}) or one of these methods ({@code amr}). */
    public boolean is(String wanted) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return false;
        }
        boolean method = token.getClaim("amr") instanceof Iterable<?> methods && contains(methods, wanted);
        return method || wanted.equals(text(token.getClaim("acr")));
    }

    private static boolean contains(Iterable<?> methods, String wanted) {
        for (Object method : methods) {
            if (wanted.equals(text(method))) {
                return true;
            }
        }
        return false;
    }

    private static String text(Object value) {
        return value instanceof jakarta.json.JsonString json ? json.getString() : String.valueOf(value);
    }
}
