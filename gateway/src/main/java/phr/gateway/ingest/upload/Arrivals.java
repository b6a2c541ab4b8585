package phr.gateway.ingest.upload;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.access.RecordAccess;
import phr.gateway.audit.Tally;
import phr.gateway.ingest.IngestConfig;
import phr.gateway.ingest.Ingestion;
import phr.gateway.ingest.Sender;
import phr.gateway.ingest.Spooled;
import phr.gateway.ingest.job.Job;
import phr.gateway.ingest.job.Jobs;
import phr.gateway.ingest.job.status.JobJson;
import phr.gateway.ingest.upload.repeated.KeptAnswers;
import phr.gateway.ingest.upload.repeated.KeptAnswers.Answer;
import phr.gateway.ingest.upload.repeated.KeptAnswers.Request;

/**
 * What becomes of a file that has been received: small, it is stored; large, it becomes a job. A request that comes again under its
 * key gets its answer again. A large file without a key is known by its digest; a small one meets itself in the record.
 */
@Singleton
final class Arrivals {

    /** The same request came twice at the same moment, and the other has been answered. */
    private static final class AnsweredMeanwhileException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final RecordAccess access;
    private final Ingestion ingestion;
    private final Jobs jobs;
    private final KeptAnswers answers;
    private final IngestConfig config;

    Arrivals(RecordAccess access, Ingestion ingestion, Jobs jobs, KeptAnswers answers, IngestConfig config) {
        this.access = access;
        this.ingestion = ingestion;
        this.jobs = jobs;
        this.answers = answers;
        this.config = config;
    }

    Response take(Permit permit, Tally tally, Arrival arrival, Spooled file) {
        boolean large = file.size() > config.atOnce().asLongValue();
        if (!large && arrival.key() == null) {
            return ingestion
                    .receive(permit, tally, file.content(), arrival.format(), result -> {})
                    .answer();
        }
        Request request = request(permit, arrival, file);
        Optional<Response> known = answers.find(request).flatMap(answer -> again(answer, request, arrival, file));
        if (known.isPresent()) {
            return known.get();
        }
        return large ? job(permit, arrival, request, file) : stored(permit, tally, arrival, request, file);
    }

    private Request request(Permit permit, Arrival arrival, Spooled file) {
        Sender sender = Sender.of(permit, access.patientId(permit));
        String key = arrival.key() == null ? "file|" + file.sha256() : "key|" + arrival.key();
        String address = arrival.format() == null ? "" : arrival.format();
        return answers.request(
                permit.subject(), sender.submitter() + "|" + sender.client(), address, key, file.sha256());
    }

    /** Empty when it is to be done once more: a file without a key whose job came to nothing, or is gone. */
    private Optional<Response> again(Answer answer, Request request, Arrival arrival, Spooled file) {
        if (answer.job() == null) {
            return Optional.of(Response.status(answer.status())
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(answer.body())
                    .build());
        }
        Optional<Job> job = jobs.upload(arrival.caller(), answer.job());
        boolean nothing = job.map(Job::state)
                .map(state -> state == Job.State.ERROR || state == Job.State.CANCELED)
                .orElse(true);
        if (nothing && (arrival.key() == null || job.isEmpty())) {
            answers.forget(request);
            return Optional.empty();
        }
        return job.map(known -> accepted(known.state() == Job.State.UPLOADING ? rest(known, file) : known));
    }

    /** One transaction: what is not answered has not been done. */
    private Response stored(Permit permit, Tally tally, Arrival arrival, Request request, Spooled file) {
        try {
            return ingestion
                    .receive(permit, tally, file.content(), arrival.format(), result -> {
                        if (!answers.keep(request, new Answer(result.status(), null, result.json()))) {
                            throw new AnsweredMeanwhileException();
                        }
                    })
                    .answer();
        } catch (AnsweredMeanwhileException e) {
            return answers.find(request)
                    .flatMap(answer -> again(answer, request, arrival, file))
                    .orElseThrow(Arrivals::atWork);
        }
    }

    private Response job(Permit permit, Arrival arrival, Request request, Spooled file) {
        Job upload = jobs.open(permit, arrival.caller(), arrival.person(), arrival.format(), file.size());
        if (!answers.keep(request, new Answer(202, upload.id(), new byte[0]))) {
            jobs.cancel(upload);
            throw atWork();
        }
        return accepted(rest(upload, file));
    }

    /** A gateway that was killed may have taken a part of it. */
    private Job rest(Job upload, Spooled file) {
        try (InputStream in = file.content().open()) {
            in.skipNBytes(upload.arrived());
            return jobs.append(upload, upload.arrived(), in).orElseThrow(Arrivals::atWork);
        } catch (IOException e) {
            throw new UncheckedIOException("spooled file cannot be read", e);
        }
    }

    private static RuntimeException atWork() {
        return Failure.of(Category.CONFLICT, "IDM-4", "the same request is at work; ask again later")
                .exception();
    }

    private static Response accepted(Job job) {
        return Response.accepted(JobJson.of(new Jobs.Seen(job, false)))
                .location(URI.create("/ingest/jobs/" + job.id()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
