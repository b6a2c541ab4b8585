package phr.gateway.emergency;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import phr.consent.reminder.Reminder.Kind;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.emergency.EmergencySession.Reason;
import phr.gateway.people.People;
import phr.gateway.web.JsonBody;

/**
 * Breaking the glass (consent-semantics.md §13): per person and per user, for 60 minutes. Whoever may not is answered as for any
 * call without consent, and the person is told of the attempt.
 */
@Path("/emergency/sessions")
@Produces(MediaType.APPLICATION_JSON)
class SessionsEndpoint {

    private final CurrentCaller current;
    private final People people;
    private final Eligibility eligibility;
    private final EmergencySessions sessions;
    private final Readers readers;
    private final EmergencyLog log;
    private final RecordAccess access;

    SessionsEndpoint(
            CurrentCaller current,
            People people,
            Eligibility eligibility,
            EmergencySessions sessions,
            Readers readers,
            EmergencyLog log,
            RecordAccess access) {
        this.current = current;
        this.people = people;
        this.eligibility = eligibility;
        this.sessions = sessions;
        this.readers = readers;
        this.log = log;
        this.access = access;
    }

    /** A session as its user sees it. */
    record View(UUID id, UUID patient, Reason reason, String step, Instant openedAt, Instant closesAt) {

        static View of(EmergencySession session) {
            return new View(
                    session.id(),
                    session.patient(),
                    session.reason(),
                    session.step().name(),
                    session.openedAt(),
                    session.closesAt());
        }
    }

    /** 201; 404 for a patient the organisation does not know, 403 without a reason, 409 while one is open, 422 located. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response open(InputStream body) throws IOException {
        Caller caller = current.get();
        SessionBody wanted = JsonBody.read(body, SessionBody.class);
        Reason reason = wanted.checkOpening();
        String organisation = caller.organisation();
        PersonId person = (organisation == null ? Optional.<PersonId>empty() : known(organisation, wanted))
                .orElseThrow(SessionsEndpoint::notFound);
        if (!eligibility.of(caller)) {
            readers.tell(person, Kind.EMERGENCY_REFUSED, null);
            log.refused(caller, person, "open session");
            throw access.consentRequired();
        }
        EmergencySession session = sessions.open(caller, person, wanted, reason);
        return Response.created(URI.create("/emergency/sessions/" + session.id()))
                .entity(View.of(session))
                .build();
    }

    /** The second, logged step: everything that emergencies may see. */
    @POST
    @Path("/{id}/$full")
    public View full(@PathParam("id") String id) {
        return View.of(sessions.full(eligible(), uuid(id)));
    }

    @POST
    @Path("/{id}/$renew")
    @Consumes(MediaType.APPLICATION_JSON)
    public View renew(@PathParam("id") String id, InputStream body) throws IOException {
        Caller caller = eligible();
        SessionBody wanted = JsonBody.read(body, SessionBody.class);
        Reason reason = wanted.checkRenewal();
        return View.of(sessions.renew(caller, uuid(id), wanted, reason));
    }

    @POST
    @Path("/{id}/$close")
    public View close(@PathParam("id") String id) {
        return View.of(sessions.close(current.get(), uuid(id)));
    }

    private Optional<PersonId> known(String organisation, SessionBody wanted) {
        return people.known(organisation, String.valueOf(wanted.patient()));
    }

    private Caller eligible() {
        Caller caller = current.get();
        if (!eligibility.of(caller)) {
            throw access.consentRequired();
        }
        return caller;
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
