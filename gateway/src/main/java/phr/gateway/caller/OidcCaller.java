package phr.gateway.caller;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** The caller out of an access token that the OpenID Connect extension has verified. */
@ApplicationScoped
class OidcCaller implements CurrentCaller {

    /** Attribute of an identity whose token has been read already: a {@link Caller} without purposes. */
    static final String BEARER = Caller.class.getName();

    private final SecurityIdentity identity;
    private final CurrentVertxRequest request;

    OidcCaller(SecurityIdentity identity, CurrentVertxRequest request) {
        this.identity = identity;
        this.request = request;
    }

    @Override
    public Caller get() {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw unauthenticated();
        }
        Caller known = identity.getAttribute(BEARER);
        return (known == null ? bearer(token, identity.getRoles()) : known).stating(purposes());
    }

    /** Who bears the token, whatever she calls for. */
    static Caller bearer(JsonWebToken token, Set<String> roles) {
        boolean system = isSystem(token);
        return new Caller(
                required(text(token, "azp")),
                required(token.getIssuer()),
                required(token.getSubject()),
                system ? null : text(token, "name"),
                text(token, "organisation"),
                roles,
                scopes(token),
                List.of(),
                system,
                profile(token));
    }

    /** A client's own token belongs to no login session, so it has no session id; a user's always has one. */
    private static boolean isSystem(JsonWebToken token) {
        return text(token, "sid") == null;
    }

    private static Set<String> scopes(JsonWebToken token) {
        String scope = text(token, "scope");
        return scope == null || scope.isBlank()
                ? Set.of()
                : Set.copyOf(List.of(scope.trim().split("\\s+")));
    }

    private List<String> purposes() {
        return Purposes.parse(request.getCurrent().request().headers().getAll(Purposes.HEADER));
    }

    private static Caller.Profile profile(JsonWebToken token) {
        return new Caller.Profile(
                text(token, "name"), text(token, "name_kana"), text(token, "gender"), text(token, "birthdate"));
    }

    private static @Nullable String text(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        if (value instanceof JsonString json) {
            return json.getString();
        }
        return value instanceof String text && !text.isBlank() ? text : null;
    }

    private static String required(@Nullable String value) {
        if (value == null || value.isBlank()) {
            throw unauthenticated();
        }
        return value;
    }

    private static RuntimeException unauthenticated() {
        return Failure.of(Category.UNAUTHENTICATED, "login-required", "a valid bearer token is required")
                .exception();
    }
}
