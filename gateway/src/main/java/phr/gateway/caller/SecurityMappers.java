package phr.gateway.caller;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.web.Answers;

/** Refusals of the security extension, in the gateway's vocabulary. Why a token failed is never told. */
final class SecurityMappers {

    private static final int OURS_FIRST = Priorities.USER - 1000;
    private static final Failure LOGIN =
            Failure.of(Category.UNAUTHENTICATED, "login-required", "a valid bearer token is required");
    private static final Failure ROLE = Failure.of(Category.FORBIDDEN, "role-required", "the caller may not do this");

    @ServerExceptionMapper(priority = OURS_FIRST)
    public Response failed(AuthenticationFailedException e, UriInfo uri) {
        return Answers.of(LOGIN, uri.getPath());
    }

    @ServerExceptionMapper(priority = OURS_FIRST)
    public Response anonymous(UnauthorizedException e, UriInfo uri) {
        return Answers.of(LOGIN, uri.getPath());
    }

    @ServerExceptionMapper(priority = OURS_FIRST)
    public Response forbidden(ForbiddenException e, UriInfo uri) {
        return Answers.of(ROLE, uri.getPath());
    }
}
