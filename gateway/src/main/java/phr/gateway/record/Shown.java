package phr.gateway.record;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.audit.Tally;

/**
 * One version as one caller gets it.
 *
 * @param json empty of a deletion
 */
record Shown(Entry entry, byte[] json, boolean notice) {

    /** Empty when an obligation cannot be fulfilled: then it is hidden. */
    static Optional<Shown> of(Entry entry, Visible visible, Permit permit, Tally tally) {
        boolean notice = MayBeIncomplete.concerns(permit);
        if (entry.deleted()) {
            return Optional.of(new Shown(entry, entry.json(), notice));
        }
        Optional<byte[]> json = new Rendering().render(entry);
        if (json.isPresent()) {
            tally.add(entry.type(), entry.id(), entry.version(), entry.categories(), entry.json());
        }
        return json.map(shown -> new Shown(entry, visible.in(shown), notice));
    }

    /**
     * 200, or 304 when the client has it.
     *
     * @throws phr.fhir.failure.FailureException GONE for a deletion
     */
    Response answer(HttpHeaders headers) {
        if (entry.deleted()) {
            throw Failure.of(Category.GONE, "deleted", "it has been deleted").exception();
        }
        Response.ResponseBuilder answer = Conditional.answer(headers, Conditional.tag(entry.version()))
                .header(HttpHeaders.LAST_MODIFIED, Conditional.date(entry.lastUpdated()));
        if (notice) {
            answer.header(MayBeIncomplete.HEADER, MayBeIncomplete.CODE);
        }
        return answer.build().getStatus() == 304
                ? answer.build()
                : answer.type(FhirMedia.JSON).entity(json).build();
    }
}
