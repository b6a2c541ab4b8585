package phr.gateway.emergency;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.emergency.Reviews.Outcome;
import phr.gateway.pages.Language;
import phr.gateway.pages.Page;
import phr.gateway.web.JsonBody;

/** The review queue of emergency sessions, for operators (consent-semantics.md §13). */
@Path("/emergency/reviews")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
class ReviewsEndpoint {

    private static final int LONGEST = 4_000;

    private final CurrentCaller current;
    private final Reviews reviews;

    ReviewsEndpoint(CurrentCaller current, Reviews reviews) {
        this.current = current;
        this.reviews = reviews;
    }

    /** @param outcome JUSTIFIED or MISUSE */
    record Body(@Nullable String outcome, @Nullable String note) {}

    /** What waits, oldest first, each with the instant by which it is due; as JSON, or as a page for who asks for one. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Reviews.Waiting[].class)))
    public Response waiting(@Context HttpHeaders headers) {
        List<Reviews.Waiting> waiting = reviews.waiting();
        return form(waiting, headers)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT + ", " + HttpHeaders.ACCEPT_LANGUAGE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Response.ResponseBuilder form(List<Reviews.Waiting> waiting, HttpHeaders headers) {
        for (MediaType wanted : headers.getAcceptableMediaTypes()) {
            if (wanted.getSubtype().equals("html")) {
                Language language = Language.of(headers);
                StreamingOutput page = new ReviewsPage(waiting, language)::writeTo;
                return Page.answer(page, language);
            }
            if (wanted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                break;
            }
        }
        return Response.ok(waiting, MediaType.APPLICATION_JSON_TYPE);
    }

    /** 200; 403 for the user of the session, 409 the second time, 422 located. */
    @POST
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Map<String, String> review(@PathParam("id") String id, InputStream body) throws IOException {
        Body review = JsonBody.read(body, Body.class);
        Outcome outcome = outcome(review);
        String note = review.note() == null ? "" : review.note().strip();
        if (note.isEmpty() || note.length() > LONGEST) {
            throw invalid("a note of at most 4,000 characters is required", "/note");
        }
        reviews.review(current.get(), uuid(id), outcome, note);
        return Map.of("id", id, "outcome", outcome.name());
    }

    private static Outcome outcome(Body review) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().equals(review.outcome())) {
                return outcome;
            }
        }
        throw invalid("the outcome is JUSTIFIED or MISUSE", "/outcome");
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
        }
    }

    private static RuntimeException invalid(String text, String where) {
        return Failure.of(Category.INVALID, "review", text, where).exception();
    }
}
