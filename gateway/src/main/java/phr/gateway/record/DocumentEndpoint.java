package phr.gateway.record;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.fhir.echeckup.CheckupBundle;
import phr.fhir.echeckup.ECheckupForm;
import phr.fhir.echeckup.PlainForm;
import phr.fhir.echeckup.StoredCheckup;
import phr.gateway.access.RecordAccess;
import phr.gateway.audit.Tally;

/**
 * {@code Composition/[id]/$document} (FHIR R4): a checkup as one document, made when it is asked for. The record keeps no Composition;
 * that of a checkup has the id of its visit, the Encounter.
 */
@Path("/fhir")
class DocumentEndpoint {

    private static final JsonNode NOTICE = StoredJson.parse(MayBeIncomplete.META.getBytes(StandardCharsets.UTF_8))
            .path("tag");

    private final RecordAccess access;
    private final CheckupReader checkups;
    private final Route route;
    private final Clock clock;
    private final String baseUrl;

    @Inject
    DocumentEndpoint(
            RecordAccess access,
            CheckupReader checkups,
            Route route,
            Clock clock,
            @ConfigProperty(name = "phr.provider.base-url") String baseUrl) {
        this.access = access;
        this.checkups = checkups;
        this.route = route;
        this.clock = clock;
        this.baseUrl = baseUrl;
    }

    /** What is ready to leave. */
    private record Made(
            CheckupBundle document,
            Visible visible,
            @Nullable JsonNode tags) {}

    /** The permitted resources of the checkup, as stored or in the form of the profile; 404 also for what is hidden. */
    @GET
    @Path("/Composition/{id}/$document")
    @Produces({FhirMedia.JSON, FhirMedia.PLAIN_JSON})
    public Response document(@PathParam("id") String id, @Context UriInfo uri) {
        DocumentParameters asked = DocumentParameters.parse(uri.getQueryParameters());
        UUID visit = ResourceId.parse(id).orElseThrow(Unknown::resource);
        Instant now = clock.instant();
        Made made = access.perform(route.toDocument(visit), (permit, tally) -> make(permit, tally, visit, asked, now))
                .orElseThrow(Unknown::resource);
        StreamingOutput body = out -> {
            OutputStream over = made.visible().buffered(out);
            made.document().writeTo(over, made.tags());
            Visible.finish(over);
        };
        return Response.ok(body, FhirMedia.JSON).build();
    }

    private Optional<Made> make(Permit permit, Tally tally, UUID visit, DocumentParameters asked, Instant now) {
        Visible visible = Visible.of(permit, access.patientId(permit));
        JsonNode tags = MayBeIncomplete.concerns(permit) ? NOTICE : null;
        return checkups.read(permit, tally, visit).map(checkup -> new Made(form(checkup, asked, now), visible, tags));
    }

    private CheckupBundle form(StoredCheckup checkup, DocumentParameters asked, Instant now) {
        return asked.echeckup() ? ECheckupForm.of(checkup, now) : PlainForm.of(checkup, now, baseUrl);
    }
}
