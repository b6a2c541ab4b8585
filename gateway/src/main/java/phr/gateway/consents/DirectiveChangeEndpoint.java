package phr.gateway.consents;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Grantee;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Event;
import phr.consent.ledger.Recorded;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.authorities.ChangeBody;
import phr.gateway.authorities.Operators;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.People;
import phr.gateway.people.Principal;
import phr.gateway.people.Principals;

/** What others than the grantor do to a directive: agree, give back, suspend, mark as an error (consent-semantics.md §10.1). */
@Path("/consents/{id}")
@Produces(MediaType.APPLICATION_JSON)
class DirectiveChangeEndpoint {

    private final CurrentCaller current;
    private final Principals principals;
    private final People people;
    private final ConsentLedger ledger;
    private final ConsentActs acts;
    private final ConsentAnswers answers;

    DirectiveChangeEndpoint(
            CurrentCaller current,
            Principals principals,
            People people,
            ConsentLedger ledger,
            ConsentActs acts,
            ConsentAnswers answers) {
        this.current = current;
        this.principals = principals;
        this.people = people;
        this.ledger = ledger;
        this.acts = acts;
        this.answers = answers;
    }

    /** Another holder of authority says yes to what one alone cannot give. */
    @POST
    @Path("/$cosign")
    @Consumes(MediaType.WILDCARD)
    public ConsentAnswers.Answer cosign(@PathParam("id") String id, @QueryParam("person") @Nullable String whose) {
        return agree(id, whose, false);
    }

    /** The child of the assent band says yes, or a holder records that she did. */
    @POST
    @Path("/$assent")
    @Consumes(MediaType.WILDCARD)
    public ConsentAnswers.Answer assent(@PathParam("id") String id, @QueryParam("person") @Nullable String whose) {
        return agree(id, whose, true);
    }

    /** A recipient gives its own permit back. */
    @POST
    @Path("/$renounce")
    @Consumes(MediaType.WILDCARD)
    public Renounced renounce(@PathParam("id") String id) {
        Caller caller = current.get();
        String organisation = caller.organisation();
        PersonId person = ledger.owner(uuid(id)).orElseThrow(DirectiveChangeEndpoint::notFound);
        Recorded recorded = ledger.find(person, uuid(id)).orElseThrow();
        Set<Grantee> grantees =
                Objects.requireNonNullElse(recorded.directive().base().grantees(), Set.of());
        if (organisation == null || people.pairwise(organisation, person).isEmpty() || !names(grantees, organisation)) {
            throw notFound();
        }
        if (grantees.size() > 1) {
            throw Failure.of(Category.CONFLICT, "CS-1", "the permit is not only for this organisation")
                    .exception();
        }
        Recorded after = ledger.change(person, uuid(id), Event.Type.RENOUNCED, null, acts.of(caller));
        acts.logByOthers(caller, person, "renounce", after);
        return new Renounced(after.directive().id(), after.directive().state().name());
    }

    /** All that a recipient learns. */
    record Renounced(String id, String state) {}

    @POST
    @Path("/$suspend")
    @Consumes(MediaType.WILDCARD)
    public ConsentAnswers.Answer suspend(@PathParam("id") String id, @Nullable InputStream body) throws IOException {
        return byOperator(id, Event.Type.SUSPENDED, "suspend", body);
    }

    @POST
    @Path("/$resume")
    @Consumes(MediaType.WILDCARD)
    public ConsentAnswers.Answer resume(@PathParam("id") String id, @Nullable InputStream body) throws IOException {
        return byOperator(id, Event.Type.RESUMED, "resume", body);
    }

    @POST
    @Path("/$enter-in-error")
    @Consumes(MediaType.WILDCARD)
    public ConsentAnswers.Answer enterInError(@PathParam("id") String id, @Nullable InputStream body)
            throws IOException {
        return byOperator(id, Event.Type.ENTERED_IN_ERROR, "enter in error", body);
    }

    private ConsentAnswers.Answer agree(String id, @Nullable String whose, boolean assent) {
        Caller caller = current.get();
        Principal principal = principals.require(caller, whose);
        Recorded recorded = ledger.agree(principal.person(), uuid(id), assent, principal.signs(acts.of(caller)));
        acts.log(caller, principal, assent ? "assent" : "cosign", recorded);
        return answers.one(recorded);
    }

    private ConsentAnswers.Answer byOperator(String id, Event.Type type, String what, @Nullable InputStream body)
            throws IOException {
        Caller operator = Operators.require(current.get());
        String reason = ChangeBody.read(body).reason();
        if (reason == null || reason.isBlank()) {
            throw Failure.of(Category.INVALID, "reason", "a reason is required", "/reason")
                    .exception();
        }
        PersonId person = ledger.owner(uuid(id)).orElseThrow(DirectiveChangeEndpoint::notFound);
        Recorded recorded = ledger.change(person, uuid(id), type, reason, acts.of(operator));
        acts.logByOthers(operator, person, what, recorded);
        return answers.one(recorded);
    }

    private static boolean names(Set<Grantee> grantees, String organisation) {
        return grantees.contains(Grantee.of(Grantee.Kind.ORGANISATION, "Organization/" + organisation))
                || grantees.contains(Grantee.of(Grantee.Kind.ORGANISATION, organisation));
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static RuntimeException notFound() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
