package phr.gateway.lifeevents;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.lifecourse.LifeEvent;
import phr.consent.lifeevent.LifeEvents;
import phr.consent.lifeevent.Report;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.authorities.EvidenceBody;
import phr.gateway.authorities.Moments;
import phr.gateway.authorities.Operators;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.People;
import phr.gateway.people.Principals;
import phr.gateway.web.JsonBody;

/** What happened in a person's life: reported here, and shown to her, her proxies and the operator. */
@Path("/people/{person}/life-events")
@Produces(MediaType.APPLICATION_JSON)
class LifeEventsEndpoint {

    private final CurrentCaller current;
    private final Reporters reporters;
    private final Principals principals;
    private final People people;
    private final LifeEvents lifeEvents;

    LifeEventsEndpoint(
            CurrentCaller current, Reporters reporters, Principals principals, People people, LifeEvents lifeEvents) {
        this.current = current;
        this.reporters = reporters;
        this.principals = principals;
        this.people = people;
        this.lifeEvents = lifeEvents;
    }

    /**
     * @param effectiveAt when it happened; missing = now
     * @param authority of a CUSTODY_CHANGE: whose custody ends
     */
    record ReportBody(
            @Nullable String type,
            @Nullable String effectiveAt,
            @Nullable String authority,
            @Nullable EvidenceBody evidence) {

        LifeEvent.Type typeOrFail() {
            return Arrays.stream(LifeEvent.Type.values())
                    .filter(value -> value.name().equals(type))
                    .findFirst()
                    .orElseThrow(() -> Failure.of(
                                    Category.INVALID, "life-event", "a type of life event is required", "/type")
                            .exception());
        }

        Report report() {
            return new Report(
                    typeOrFail(),
                    Moments.parseIfGiven(effectiveAt, "/effectiveAt"),
                    authority == null ? null : id(authority),
                    EvidenceBody.optional(evidence));
        }
    }

    /** A reported death bites with the very next decision; everything else waits for the operator, or is stated by her. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response report(@PathParam("person") String address, InputStream body) throws IOException {
        Caller caller = current.get();
        ReportBody report = JsonBody.read(body, ReportBody.class);
        PersonId person = reporters.person(caller, address, report.typeOrFail());
        return Response.status(201)
                .entity(LifeEventView.received(lifeEvents.report(person, report.report(), caller.subject())))
                .build();
    }

    @GET
    public List<LifeEventView> list(@PathParam("person") String address) {
        Caller caller = current.get();
        PersonId person = Operators.is(caller)
                ? people.find(address).orElseThrow(LifeEventsEndpoint::notFound)
                : principals.require(caller, address).person();
        return lifeEvents.of(person, Instant.MAX).stream()
                .map(LifeEventView::of)
                .toList();
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Failure.of(Category.INVALID, "life-event", "is no id", "/authority")
                    .exception();
        }
    }

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
