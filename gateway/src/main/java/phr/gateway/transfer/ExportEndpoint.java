package phr.gateway.transfer;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.audit.Counterpart;
import phr.gateway.audit.Tally;
import phr.gateway.caller.Interaction;
import phr.gateway.web.JsonBody;
import phr.portability.ExportOrder;
import phr.portability.Exporter;
import phr.portability.PreparedPackage;

/** The whole record as one signed file (phr-package.md). */
@Path("/transfer/{person}/export")
class ExportEndpoint {

    private final RecordAccess access;
    private final Exporter exporter;
    private final Sources sources;

    @Inject
    ExportEndpoint(RecordAccess access, Exporter exporter, Sources sources) {
        this.access = access;
        this.exporter = exporter;
        this.sources = sources;
    }

    /**
     * What is asked for; no body means a copy for the person.
     *
     * @param reason code of phr-package.md §4
     */
    record Body(@Nullable String reason, ExportOrder.@Nullable Destination destination) {}

    /** Built completely before the first byte leaves: a package is whole or there is none. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces({"application/zip", MediaType.APPLICATION_JSON})
    public Response export(@PathParam("person") String person, @Nullable InputStream body) throws IOException {
        ExportOrder order = order(body);
        Ask ask = Ask.ofPatient(person, Action.EXPORT, Interaction.READ, "export");
        AtomicReference<@Nullable Permit> permitted = new AtomicReference<>();
        PreparedPackage prepared = access.perform(ask, (permit, tally) -> {
            permitted.set(permit);
            return prepare(permit, tally, order);
        });
        StreamingOutput file = out -> {
            try (prepared) {
                prepared.writeTo(new Delivery(out, () -> access.confirm(Objects.requireNonNull(permitted.get()))));
            }
        };
        return Response.ok(file, "application/zip")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + prepared.fileName() + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private PreparedPackage prepare(Permit permit, Tally tally, ExportOrder order) {
        Sources.requirePerson(permit);
        try {
            if (order.destination() != null) {
                tally.to(new Counterpart(
                        order.destination().providerId(),
                        "PROVIDER",
                        order.destination().name(),
                        null,
                        null,
                        null));
            }
            return new CountedPackage(exporter.prepare(sources.of(permit, tally), order), tally);
        } catch (IOException e) {
            throw new UncheckedIOException("package cannot be spooled", e);
        }
    }

    private static ExportOrder order(@Nullable InputStream body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : body.readNBytes(64 * 1024);
        if (bytes.length == 0) {
            return ExportOrder.userExport();
        }
        Body asked = JsonBody.read(new ByteArrayInputStream(bytes), Body.class);
        if (asked.reason() == null) {
            return ExportOrder.userExport();
        }
        try {
            return new ExportOrder(ExportOrder.Reason.parse(asked.reason()), asked.destination());
        } catch (IllegalArgumentException e) {
            throw Failure.of(Category.MALFORMED, "TRF-2", "no such reason for an export", "/reason")
                    .exception();
        }
    }
}
