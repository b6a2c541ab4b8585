package phr.gateway.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import phr.consent.ledger.ConsentLedger;
import phr.fhir.PersonId;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.OwnAccount;

/** Whether the chains still are what was written: her own for a person, all for an operator (consent-semantics.md §16.3). */
@Path("/audit/verify")
@Produces(MediaType.APPLICATION_JSON)
class VerifyEndpoint {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String OPERATOR = "operator";

    private final CurrentCaller current;
    private final OwnAccount own;
    private final Chains chains;
    private final ConsentLedger consents;
    private final Heads heads;

    VerifyEndpoint(CurrentCaller current, OwnAccount own, Chains chains, ConsentLedger consents, Heads heads) {
        this.current = current;
        this.own = own;
        this.chains = chains;
        this.consents = consents;
        this.heads = heads;
    }

    /**
     * @param entries of the access log
     * @param deliveries ends of streamed answers
     * @param consents whether the consent ledger is intact
     * @param valid all of it
     * @param head to keep: a later export must still contain this end
     */
    record Verified(
            long entries,
            long deliveries,
            boolean consents,
            boolean valid,
            @JsonRawValue String head,
            String signature) {}

    @GET
    public Response verify() {
        Caller caller = current.get();
        if (caller.roles().contains(OPERATOR)) {
            StreamingOutput all = this::all;
            return Response.ok(all).build();
        }
        return Response.ok(of(own.require(caller))).build();
    }

    Verified of(PersonId person) {
        Verification verification = chains.verify(person);
        boolean intact = consents.intact(person);
        Heads.Signed head = heads.sign(
                person,
                new AuditSql.Tip(verification.entries(), verification.last()),
                new AuditSql.Tip(verification.deliveries(), verification.lastDelivery()));
        return new Verified(
                verification.entries(),
                verification.deliveries(),
                intact,
                verification.valid() && intact,
                head.head(),
                head.signature());
    }

    /** One element per person as it is verified; {@code valid} over all stands at the end, so a cut answer cannot look good. */
    private void all(OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeArrayFieldStart("chains");
            boolean valid = chains.reading(connection -> chains(connection, json));
            json.writeEndArray();
            json.writeBooleanField("valid", valid);
            json.writeEndObject();
        }
    }

    private boolean chains(Connection connection, JsonGenerator json) throws SQLException {
        boolean valid = true;
        for (PersonId person : Chains.persons(connection)) {
            valid &= chain(connection, person, json);
        }
        return valid;
    }

    private boolean chain(Connection connection, PersonId person, JsonGenerator json) throws SQLException {
        Verification verification = Chains.verify(connection, person);
        boolean intact = consents.intact(person);
        boolean valid = verification.valid() && intact;
        try {
            json.writeStartObject();
            json.writeStringField("person", person.toString());
            json.writeNumberField("entries", verification.entries());
            json.writeNumberField("deliveries", verification.deliveries());
            json.writeBooleanField("consents", intact);
            json.writeBooleanField("valid", valid);
            json.writeEndObject();
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the answer cannot be written", e);
        }
        return valid;
    }
}
