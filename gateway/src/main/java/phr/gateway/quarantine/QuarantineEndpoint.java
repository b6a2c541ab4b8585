package phr.gateway.quarantine;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.Interaction;
import phr.gateway.quarantine.QuarantineRows.Entry;
import phr.gateway.record.QuarantineStore;
import phr.gateway.record.QuarantineStore.Subject;
import phr.gateway.record.Query;
import phr.gateway.record.RecordStore;
import phr.gateway.record.Results;

/** The quarantine to the person herself: what is in it and why, and her release. */
@Path("/ingest/{person}/quarantine")
@Produces(MediaType.APPLICATION_JSON)
class QuarantineEndpoint {

    private static final int PAGE = 50;
    private static final int MOST = 200;

    private final RecordAccess access;
    private final RecordStore store;
    private final QuarantineStore labels;
    private final QuarantineRows rows;

    QuarantineEndpoint(RecordAccess access, RecordStore store, QuarantineStore labels, QuarantineRows rows) {
        this.access = access;
        this.store = store;
        this.labels = labels;
        this.rows = rows;
    }

    /**
     * What is in quarantine or was released by her, newest first, a page at a time: {@code _count} entries, 50 when absent, behind
     * the entry {@code after}. A proxy sees what is about resources that she may read.
     */
    @GET
    public List<Kept> list(@PathParam("person") String person, @Context UriInfo uri) {
        MultivaluedMap<String, String> query = uri.getQueryParameters();
        query.keySet().stream()
                .filter(name -> !Set.of("_count", "after").contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw malformed("unknown parameter");
                });
        int count = count(query.getFirst("_count"));
        String after = query.getFirst("after");
        UUID last = after == null ? null : uuid(after);
        Ask ask = Ask.ofPatient(person, Action.READ, Interaction.READ, "list quarantine");
        return access.perform(ask, permit -> page(permit, last, count));
    }

    private List<Kept> page(Permit permit, @Nullable UUID after, int count) {
        Capacity capacity = permit.request().capacity();
        if (capacity != Capacity.SELF && capacity != Capacity.PROXY) {
            throw forbidden("only the person looks into the quarantine");
        }
        UUID last = after;
        while (true) {
            List<Kept> page = rows.page(permit.subject(), last, count);
            Set<String> visible =
                    visible(permit, page.stream().map(Kept::reference).collect(Collectors.toSet()));
            List<Kept> shown = page.stream()
                    .filter(kept -> visible.contains(kept.reference()))
                    .toList();
            // An empty page would look like the end.
            if (!shown.isEmpty() || page.size() < count) {
                return shown;
            }
            last = page.get(page.size() - 1).id();
        }
    }

    /** Of what she has deleted, and of what a proxy may not see, nothing is told. */
    private Set<String> visible(Permit permit, Set<String> references) {
        Set<String> visible = new HashSet<>();
        if (!references.isEmpty()) {
            try (Results found = store.search(permit, Query.of(references))) {
                found.forEachRemaining(entry -> visible.add(entry.type() + "/" + entry.id()));
            }
        }
        return visible;
    }

    /**
     * From now on whoever she permits gets it, as it is; the second time nothing changes.
     *
     * @throws phr.fhir.failure.FailureException NOT_FOUND; FORBIDDEN for anybody else; CONFLICT when there is a newer version, which
     *     is validated by itself
     */
    @POST
    @Path("/{id}/$release")
    @Consumes(MediaType.WILDCARD)
    public Kept release(@PathParam("person") String person, @PathParam("id") String id) {
        UUID entry = uuid(id);
        Ask ask = Ask.ofPatient(person, Action.CORRECT, Interaction.UPDATE, "release from quarantine");
        return access.perform(ask, permit -> {
            if (permit.request().capacity() != Capacity.SELF) {
                throw forbidden("only the person releases from the quarantine");
            }
            return store.together(() -> released(permit, entry));
        });
    }

    private Kept released(Permit permit, UUID id) {
        Entry entry = rows.find(permit.subject(), id)
                .filter(known -> !visible(permit, Set.of(known.type() + "/" + known.resource()))
                        .isEmpty())
                .orElseThrow(QuarantineEndpoint::unknown);
        if (!entry.released()) {
            Subject subject = new Subject(entry.type(), entry.resource(), entry.version(), entry.series(), new byte[0]);
            if (labels.label(permit.subject(), List.of(subject), false).isEmpty()) {
                throw Failure.of(
                                Category.CONFLICT,
                                "quarantine",
                                "there is a newer version, which is validated by itself")
                        .exception();
            }
            rows.release(id);
        }
        return rows.kept(permit.subject(), id).orElseThrow(QuarantineEndpoint::unknown);
    }

    private static int count(@Nullable String text) {
        if (text == null) {
            return PAGE;
        }
        if (!text.matches("[1-9]\\d{0,2}") || Integer.parseInt(text) > MOST) {
            throw malformed("_count: 1 to " + MOST + " expected");
        }
        return Integer.parseInt(text);
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static RuntimeException malformed(String text) {
        return Failure.of(Category.MALFORMED, "parameter", text).exception();
    }

    private static RuntimeException forbidden(String text) {
        return Failure.of(Category.FORBIDDEN, "quarantine", text).exception();
    }

    private static RuntimeException unknown() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }
}
