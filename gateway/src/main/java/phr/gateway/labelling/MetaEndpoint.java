package phr.gateway.labelling;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.Permit;
import phr.fhir.PersonId;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Labels;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.caller.Interaction;
import phr.gateway.record.Holders;
import phr.gateway.record.LabelStore;
import phr.gateway.record.LabelStore.Labelled;
import phr.gateway.web.JsonBody;

/**
 * FHIR operations {@code $meta-add} and {@code $meta-delete} for security labels (consent-semantics.md §6.1). The person adds, and
 * labels what nobody has labelled; a proxy only adds. Nobody takes away what a table, the catalogue or the source has set.
 */
@Path("/fhir")
@Consumes({"application/fhir+json", "application/json"})
@Produces({"application/fhir+json", "application/json"})
class MetaEndpoint {

    private final RecordAccess access;
    private final CurrentCaller caller;
    private final LabelStore labels;
    private final Holders holders;

    @Inject
    MetaEndpoint(RecordAccess access, CurrentCaller caller, LabelStore labels, Holders holders) {
        this.access = access;
        this.caller = caller;
        this.labels = labels;
        this.holders = holders;
    }

    /** 200 with the labels as they stand; 404 for what the caller cannot see; 422 for what is no label. */
    @POST
    @Path("/{type:[A-Z][A-Za-z]+}/{id}/$meta-add")
    public String add(@PathParam("type") String type, @PathParam("id") String id, InputStream body) throws IOException {
        Labels wanted = LabelParameters.read(JsonBody.bytes(body));
        return perform(type, id, "label " + type, permit -> labels.add(permit, type, uuid(id), by(permit, wanted)));
    }

    /** 200 with the labels as they stand; 409 for a label that a table, the catalogue or the source has set. */
    @POST
    @Path("/{type:[A-Z][A-Za-z]+}/{id}/$meta-delete")
    public String delete(@PathParam("type") String type, @PathParam("id") String id, InputStream body)
            throws IOException {
        Labels unwanted = LabelParameters.read(JsonBody.bytes(body));
        return perform(type, id, "unlabel " + type, permit -> {
            if (capacity(permit) != Capacity.SELF) {
                throw forbidden("a proxy may add labels only");
            }
            return labels.remove(permit, type, uuid(id), unwanted);
        });
    }

    private String perform(String type, String id, String label, Function<Permit, Optional<Labelled>> act) {
        caller.get();
        PersonId holder = holders.of(type, uuid(id)).orElse(null);
        Ask ask = Ask.ofHolder(holder, Action.CORRECT, Interaction.UPDATE, label, type);
        Labelled now = access.perform(ask, permit -> {
                    if (capacity(permit) == Capacity.RECIPIENT) {
                        throw forbidden("the person and her proxies label her record");
                    }
                    return act.apply(permit);
                })
                .orElseThrow(MetaEndpoint::unknown);
        return LabelParameters.write(now.labels(), now.hits());
    }

    /** What a person names settles the labels, at R when she names a reason only; what a proxy names does not. */
    private static Labels by(Permit permit, Labels wanted) {
        boolean self = capacity(permit) == Capacity.SELF;
        boolean reason = wanted.confidentiality() == Confidentiality.U
                && !wanted.sensitivities().isEmpty();
        Confidentiality level = reason ? Confidentiality.R : wanted.confidentiality();
        return new Labels(self, level, wanted.sensitivities());
    }

    private static @Nullable Capacity capacity(Permit permit) {
        return permit.request().capacity();
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static RuntimeException unknown() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }

    private static RuntimeException forbidden(String text) {
        return Failure.of(Category.FORBIDDEN, "label", text).exception();
    }
}
