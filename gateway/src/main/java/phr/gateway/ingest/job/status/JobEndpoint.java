package phr.gateway.ingest.job.status;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.ingest.job.Ending;
import phr.gateway.ingest.job.Job;
import phr.gateway.ingest.job.Jobs;

/** A large file on its way into a record, for whoever has sent it and for the person (lifelog.md §6). */
@Path("/ingest/jobs/{id}")
class JobEndpoint {

    private final CurrentCaller current;
    private final Jobs jobs;
    private final Watching watching;

    @Inject
    JobEndpoint(CurrentCaller current, Jobs jobs, Watching watching) {
        this.current = current;
        this.jobs = jobs;
        this.watching = watching;
    }

    /** State, counters, bytes, times; in the end what became of the file. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] read(@PathParam("id") String id) {
        return JobJson.of(jobs.seen(current.get(), parse(id)));
    }

    /** The same as server-sent events until it ends: {@code progress} when something has changed, a comment when nothing has. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    public Multi<OutboundSseEvent> watch(@PathParam("id") String id, @Context Sse sse) {
        Caller caller = current.get();
        UUID job = parse(id);
        jobs.seen(caller, job);
        return watching.watch(caller, job).map(look -> event(sse, look));
    }

    private static OutboundSseEvent event(Sse sse, Watching.Look look) {
        if (!look.changed()) {
            return sse.newEventBuilder().comment("still").build();
        }
        String name = look.state().ended() ? "end" : "progress";
        return sse.newEventBuilder()
                .name(name)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(String.class, new String(look.json(), StandardCharsets.UTF_8))
                .build();
    }

    /** Findings, one OperationOutcome a line, each with its place; complete when the job has ended. */
    @GET
    @Path("/issues")
    @Produces("application/x-ndjson")
    public StreamingOutput issues(@PathParam("id") String id) {
        Ending ending = jobs.seen(current.get(), parse(id)).job().ending();
        List<Issue> issues = ending == null ? List.of() : ending.issues();
        return out -> JobJson.lines(issues, out);
    }

    /** Stops it. What was stored stays, unless the person wants it purged: then what the job has created is deleted. */
    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    public Response cancel(@PathParam("id") String id, @QueryParam("purge") @Nullable String purge) {
        Caller caller = current.get();
        Job job = jobs.seen(caller, parse(id)).job();
        if (purging(purge)) {
            jobs.purge(job, caller);
        } else {
            jobs.cancel(job);
        }
        return Response.accepted(JobJson.of(jobs.seen(caller, job.id()))).build();
    }

    private static boolean purging(@Nullable String purge) {
        if (purge == null || purge.equals("false")) {
            return false;
        } else if (purge.equals("true")) {
            return true;
        }
        throw Failure.of(Category.MALFORMED, "UPL-6", "true or false expected", "http.purge")
                .exception();
    }

    private static UUID parse(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Jobs.unknown();
        }
    }
}
