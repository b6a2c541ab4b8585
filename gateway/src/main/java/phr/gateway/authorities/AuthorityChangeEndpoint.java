package phr.gateway.authorities;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.authority.Authorities;
import phr.consent.authority.RecordedAuthority;
import phr.consent.authority.Verification;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.web.JsonBody;

/** An authority is verified, reviewed, suspended, resumed or ended. */
@Path("/authorities/{id}")
@Produces(MediaType.APPLICATION_JSON)
class AuthorityChangeEndpoint {

    private final CurrentCaller current;
    private final Authorities authorities;
    private final AuthorityActs acts;

    AuthorityChangeEndpoint(CurrentCaller current, Authorities authorities, AuthorityActs acts) {
        this.current = current;
        this.authorities = authorities;
        this.acts = acts;
    }

    /**
     * @param birthDateVerified the evidence also shows the birth date; required for a parent or guardian
     * @param supervisorAppointedAt required for 任意後見
     * @param courtReference required where a court appoints
     */
    record VerificationBody(
            @Nullable EvidenceBody evidence,
            @Nullable Boolean birthDateVerified,
            @Nullable String supervisorAppointedAt,
            @Nullable String courtReference,
            @Nullable String reviewDue) {

        Verification verification() {
            return new Verification(
                    EvidenceBody.require(evidence),
                    Boolean.TRUE.equals(birthDateVerified),
                    Moments.parseIfGiven(supervisorAppointedAt, "/supervisorAppointedAt"),
                    courtReference,
                    Moments.parseIfGiven(reviewDue, "/reviewDue"));
        }
    }

    @POST
    @Path("/$verify")
    @Consumes(MediaType.APPLICATION_JSON)
    public AuthorityView verify(@PathParam("id") String id, InputStream body) throws IOException {
        Caller operator = Operators.require(current.get());
        Verification verification = JsonBody.read(body, VerificationBody.class).verification();
        return acts.view(authorities.verify(id(id), verification, operator.subject()));
    }

    @POST
    @Path("/$review")
    @Consumes(MediaType.WILDCARD)
    public AuthorityView review(@PathParam("id") String id, @Nullable InputStream body) throws IOException {
        Caller operator = Operators.require(current.get());
        ChangeBody change = ChangeBody.read(body);
        return acts.view(authorities.review(
                id(id), Moments.parseIfGiven(change.reviewDue(), "/reviewDue"), change.proof(), operator.subject()));
    }

    @POST
    @Path("/$suspend")
    @Consumes(MediaType.WILDCARD)
    public AuthorityView suspend(@PathParam("id") String id, @Nullable InputStream body) throws IOException {
        Caller caller = current.get();
        RecordedAuthority authority = acts.touchedBy(caller, id(id), false);
        ChangeBody change = ChangeBody.read(body);
        return acts.view(authorities.suspend(authority.id(), change.reason(), change.proof(), caller.subject()));
    }

    @POST
    @Path("/$resume")
    @Consumes(MediaType.WILDCARD)
    public AuthorityView resume(@PathParam("id") String id, @Nullable InputStream body) throws IOException {
        Caller operator = Operators.require(current.get());
        ChangeBody change = ChangeBody.read(body);
        return acts.view(authorities.resume(id(id), change.reason(), change.proof(), operator.subject()));
    }

    @POST
    @Path("/$end")
    @Consumes(MediaType.WILDCARD)
    public AuthorityView end(@PathParam("id") String id, @Nullable InputStream body) throws IOException {
        Caller caller = current.get();
        RecordedAuthority authority = acts.touchedBy(caller, id(id), true);
        ChangeBody change = ChangeBody.read(body);
        return acts.view(authorities.end(authority.id(), change.reason(), change.proof(), caller.subject()));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
        }
    }
}
