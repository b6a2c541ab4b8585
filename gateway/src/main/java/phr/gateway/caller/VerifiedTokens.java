package phr.gateway.caller;

import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;
import phr.fhir.failure.FailureException;

/**
 * Verifies an access token once and remembers it for a minute, at most to its end: an ES256 signature costs more than the rest of
 * a read. Tokens are remembered by their digest only. Its claims are read once; what it may do is decided anew by every
 * request.
 */
@ApplicationScoped
class VerifiedTokens implements HttpAuthenticationMechanism {

    private static final String BEARER = "Bearer ";
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final OidcAuthenticationMechanism oidc;
    private final Clock clock;
    private final Map<Sha256, Verified> verified = new LinkedHashMap<>();

    private record Verified(SecurityIdentity identity, Instant until) {}

    VerifiedTokens(OidcAuthenticationMechanism oidc, Clock clock) {
        this.oidc = oidc;
        this.clock = clock;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager manager) {
        String header = context.request().getHeader("Authorization");
        if (header == null || !header.startsWith(BEARER)) {
            return oidc.authenticate(context, manager);
        }
        Sha256 token = Sha256.of(header.getBytes(StandardCharsets.UTF_8));
        SecurityIdentity known = known(token);
        return known == null
                ? oidc.authenticate(context, manager).invoke(identity -> keep(token, identity))
                : Uni.createFrom().item(of(known, context));
    }

    /** The identity in the request at hand. */
    private static SecurityIdentity of(SecurityIdentity known, RoutingContext context) {
        return QuarkusSecurityIdentity.builder(known)
                .addAttribute(RoutingContext.class.getName(), context)
                .build();
    }

    private synchronized @Nullable SecurityIdentity known(Sha256 token) {
        Verified found = verified.get(token);
        return found == null || !clock.instant().isBefore(found.until()) ? null : found.identity();
    }

    /** With its claims read once; a token that cannot be a caller's is refused by each request. */
    private static SecurityIdentity read(SecurityIdentity identity, JsonWebToken claims) {
        try {
            return QuarkusSecurityIdentity.builder(identity)
                    .addAttribute(OidcCaller.BEARER, OidcCaller.bearer(claims, identity.getRoles()))
                    .build();
        } catch (FailureException e) {
            return identity;
        }
    }

    private synchronized void keep(Sha256 token, @Nullable SecurityIdentity identity) {
        if (identity == null || !(identity.getPrincipal() instanceof JsonWebToken claims)) {
            return;
        }
        Instant expires = Instant.ofEpochSecond(claims.getExpirationTime());
        Instant minute = clock.instant().plus(KEPT);
        verified.remove(token);
        verified.put(token, new Verified(read(identity, claims), expires.isBefore(minute) ? expires : minute));
        if (verified.size() > MOST) {
            verified.remove(verified.keySet().iterator().next());
        }
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return oidc.getChallenge(context);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return oidc.getCredentialTypes();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return oidc.getCredentialTransport(context);
    }

    /** Asked before the mechanism that it stands before. */
    @Override
    public int getPriority() {
        return oidc.getPriority() + 1;
    }
}
