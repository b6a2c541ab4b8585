package phr.gateway.consents;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;
import phr.consent.ledger.Recorded;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.pages.Language;
import phr.gateway.pages.Page;
import phr.gateway.people.Principals;

/**
 * The receipt of the last change of a directive, as it was issued (consent-semantics.md §16.5): JSON with a detached signature,
 * compact JWS, or a page in Japanese or English.
 */
@Path("/consents/{id}/receipt")
class ReceiptEndpoint {

    private static final String JOSE = "application/jose";

    private final CurrentCaller current;
    private final Principals principals;
    private final VisibleDirectives visible;
    private final ConsentAnswers answers;
    private final IssuedReceipts receipts;

    ReceiptEndpoint(
            CurrentCaller current,
            Principals principals,
            VisibleDirectives visible,
            ConsentAnswers answers,
            IssuedReceipts receipts) {
        this.current = current;
        this.principals = principals;
        this.visible = visible;
        this.answers = answers;
        this.receipts = receipts;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, JOSE, MediaType.TEXT_HTML})
    public Response read(
            @PathParam("id") String id, @QueryParam("person") @Nullable String whose, @Context HttpHeaders headers) {
        Recorded recorded =
                visible.require(principals.require(current.get(), whose).ofConsentRecords(), id);
        return form(recorded, headers)
                .header(HttpHeaders.ETAG, "\"" + recorded.directive().version() + "\"")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT + ", " + HttpHeaders.ACCEPT_LANGUAGE)
                .build();
    }

    /** The first form of {@code Accept} that there is; JSON for whoever takes anything. */
    private Response.ResponseBuilder form(Recorded recorded, HttpHeaders headers) {
        for (MediaType wanted : headers.getAcceptableMediaTypes()) {
            if (wanted.getSubtype().equals("jose")) {
                return Response.ok(receipts.of(recorded).jose(), JOSE);
            }
            if (wanted.getSubtype().equals("html")) {
                Language language = Language.of(headers);
                ReceiptSheet sheet = new ReceiptSheet(receipts.of(recorded), language);
                StreamingOutput page = sheet::writeTo;
                return Page.answer(page, language);
            }
            if (wanted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                break;
            }
        }
        return Response.ok(answers.withReceipt(recorded), MediaType.APPLICATION_JSON_TYPE);
    }
}
