package phr.gateway.registration;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import phr.consent.authority.RecordedAuthority;
import phr.consent.lifecourse.Authority;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Account;
import phr.gateway.authorities.AuthorityView;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.OwnAccount;
import phr.gateway.people.People;
import phr.gateway.people.PersonView;
import phr.gateway.web.JsonBody;

/** A guardian registers a child; the child, grown up, takes over. */
@Path("/people")
@Produces(MediaType.APPLICATION_JSON)
class DependantsEndpoint {

    private final CurrentCaller current;
    private final OwnAccount own;
    private final People people;
    private final Dependants dependants;
    private final Enrolment enrolment;

    DependantsEndpoint(
            CurrentCaller current, OwnAccount own, People people, Dependants dependants, Enrolment enrolment) {
        this.current = current;
        this.own = own;
        this.people = people;
        this.dependants = dependants;
        this.enrolment = enrolment;
    }

    /** @param kind {@code PARENT} (親権者) or {@code GUARDIAN} (未成年後見人); missing = PARENT */
    record DependantBody(
            @Nullable String name,
            @Nullable String kana,
            @Nullable String gender,
            @Nullable String birthDate,
            @Nullable String kind) {

        Authority.Kind kindOrFail() {
            return switch (kind == null ? "PARENT" : kind) {
                case "PARENT" -> Authority.Kind.PARENT;
                case "GUARDIAN" -> Authority.Kind.GUARDIAN;
                default ->
                    throw Failure.of(Category.INVALID, "dependant", "PARENT or GUARDIAN", "/kind")
                            .exception();
            };
        }

        Caller.Profile profile() {
            if (name == null || birthDate == null) {
                throw Failure.of(
                                Category.INVALID,
                                "dependant",
                                "name and birth date are required",
                                name == null ? "/name" : "/birthDate")
                        .exception();
            }
            return new Caller.Profile(name, kana, gender, birthDate);
        }
    }

    record Registered(PersonView person, AuthorityView authority) {}

    record Invited(String code) {}

    record ClaimedBy(@Nullable String code) {}

    @POST
    @Path("/dependants")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response register(InputStream body) throws IOException {
        Caller caller = current.get();
        PersonId guardian = own.require(caller);
        DependantBody wanted = JsonBody.read(body, DependantBody.class);
        RecordedAuthority authority = dependants.register(caller, guardian, wanted.kindOrFail(), wanted.profile());
        Account account = people.account(authority.person()).orElseThrow();
        enrolment.storePatientOfDependant(account, caller.client());
        people.markEnrolled(authority.person());
        return Response.status(201)
                .entity(new Registered(PersonView.of(account), AuthorityView.of(authority, false)))
                .build();
    }

    @POST
    @Path("/{person}/$invite")
    @Consumes(MediaType.WILDCARD)
    public Response invite(@PathParam("person") String person) {
        return Response.status(201)
                .entity(new Invited(dependants.invite(current.get(), person)))
                .build();
    }

    @POST
    @Path("/$claim")
    @Consumes(MediaType.APPLICATION_JSON)
    public PersonView claim(InputStream body) throws IOException {
        Caller caller = current.get();
        if (caller.system() || caller.organisation() != null) {
            throw Failure.of(Category.FORBIDDEN, "citizens-only", "only a citizen claims a record")
                    .exception();
        }
        own.requireFirstParty(caller);
        return PersonView.of(
                dependants.claim(caller, JsonBody.read(body, ClaimedBy.class).code()));
    }
}
