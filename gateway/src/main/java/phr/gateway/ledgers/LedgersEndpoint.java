package phr.gateway.ledgers;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.audit.AccessRecords;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.pages.Language;
import phr.gateway.people.People;
import phr.gateway.people.Principal;
import phr.gateway.people.Principals;

/**
 * {@code GET /ledgers/{person}/provisions} and {@code /receipts}: disclosure of the records, in the form the person chooses
 * (APPI 33; REQ-AUD-2, REQ-AUD-3). Days {@code from} and {@code to} are inclusive, Asia/Tokyo.
 */
@Path("/ledgers/{person}")
@Produces({MediaType.APPLICATION_JSON, "text/csv", MediaType.TEXT_HTML})
class LedgersEndpoint {

    private static final Set<String> PARAMETERS = Set.of("from", "to");

    private final CurrentCaller current;
    private final Principals principals;
    private final People people;
    private final Disclosure disclosure;

    LedgersEndpoint(CurrentCaller current, Principals principals, People people, Disclosure disclosure) {
        this.current = current;
        this.principals = principals;
        this.people = people;
        this.disclosure = disclosure;
    }

    @GET
    @Path("/provisions")
    public Response provisions(
            @PathParam("person") String path,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        return answer(AccessRecords.PROVISIONS, path, from, to, headers, uri);
    }

    @GET
    @Path("/receipts")
    public Response receipts(
            @PathParam("person") String path,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        return answer(AccessRecords.RECEIPTS, path, from, to, headers, uri);
    }

    private Response answer(
            AccessRecords kind,
            String path,
            @Nullable String from,
            @Nullable String to,
            HttpHeaders headers,
            UriInfo uri) {
        for (String name : uri.getQueryParameters().keySet()) {
            if (!PARAMETERS.contains(name)) {
                throw malformed("unknown parameter", name);
            }
        }
        Caller caller = current.get();
        Principal principal = principals.require(caller, path);
        PersonId person = principal.personOfConsentRecords();
        Ledger ledger = new Ledger(kind, person.toString(), name(person), day(from, "from"), day(to, "to"));
        if (ledger.from() != null && ledger.to() != null && ledger.to().isBefore(ledger.from())) {
            throw malformed("the period ends before it begins", "to");
        }
        return disclosure.of(ledger, principal, caller, headers, Language.of(headers));
    }

    private String name(PersonId person) {
        return people.account(person).map(account -> account.name()).orElse("");
    }

    private static @Nullable LocalDate day(@Nullable String text, String parameter) {
        try {
            if (text != null && text.length() != 10) {
                throw malformed("a day such as 2026-04-01 is expected", parameter);
            }
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw malformed("a day such as 2026-04-01 is expected", parameter);
        }
    }

    private static RuntimeException malformed(String text, String parameter) {
        return Failure.of(Category.MALFORMED, "parameter", text, parameter).exception();
    }
}
