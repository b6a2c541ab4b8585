package phr.gateway.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import phr.consent.StalePermitException;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.gateway.database.DatabaseFailure;

/** Every exception that leaves an endpoint ends here. */
final class FailureMappers {

    private static final Logger LOG = Logger.getLogger("phr.gateway.fault");
    private static final int OURS_FIRST = Priorities.USER - 1000;

    @ServerExceptionMapper(priority = OURS_FIRST)
    public Response failure(FailureException e, UriInfo uri) {
        if (e.failure().category() == Category.FAULT) {
            log(e);
        }
        return Answers.of(e.failure(), uri.getPath());
    }

    /** Consents changed after the permit, before the first byte: what was asked for must be decided anew. */
    @ServerExceptionMapper(priority = OURS_FIRST)
    public Response stale(StalePermitException e, UriInfo uri) {
        return Answers.of(
                Failure.of(Category.UNAVAILABLE, "stale", "the person is changing her consents; try again"),
                uri.getPath());
    }

    @ServerExceptionMapper(priority = OURS_FIRST)
    public Response json(JsonProcessingException e, UriInfo uri) {
        return Answers.of(JsonBody.failure(e), uri.getPath());
    }

    @ServerExceptionMapper(priority = OURS_FIRST)
    public Response http(WebApplicationException e, UriInfo uri) {
        int status = e.getResponse().getStatus();
        if (status < 400) {
            return e.getResponse();
        }
        if (e.getCause() instanceof JsonProcessingException json) {
            return json(json, uri);
        }
        Response.ResponseBuilder answer = Answers.builder(status, HttpFaults.issues(status), uri.getPath());
        Object allow = e.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
        return (allow == null ? answer : answer.header(HttpHeaders.ALLOW, allow)).build();
    }

    @ServerExceptionMapper(priority = OURS_FIRST)
    public Response anything(Throwable e, UriInfo uri) {
        log(e);
        return DatabaseFailure.passing(e)
                .map(away -> Answers.of(away.failure(), uri.getPath()))
                .orElseGet(() -> Answers.builder(500, HttpFaults.issues(500), uri.getPath())
                        .build());
    }

    /** Class names and places only: messages of libraries may quote what they were fed. */
    private static void log(Throwable e) {
        LOG.errorf("%s", Trace.of(e));
    }
}
