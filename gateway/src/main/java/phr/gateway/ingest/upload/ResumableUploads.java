package phr.gateway.ingest.upload;

import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.Caller;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.ingest.IngestConfig;
import phr.gateway.ingest.Spool;
import phr.gateway.ingest.Spooled;
import phr.gateway.ingest.job.Job;
import phr.gateway.ingest.job.Jobs;
import phr.gateway.ingest.job.Origin;

/** Files that come in parts. Each part is decided anew, with what was asked when the upload began. */
@Singleton
final class ResumableUploads {

    private static final int LOCKED = 423;

    private final CurrentCaller current;
    private final RecordAccess access;
    private final Jobs jobs;
    private final Spool spool;
    private final IngestConfig config;

    ResumableUploads(CurrentCaller current, RecordAccess access, Jobs jobs, Spool spool, IngestConfig config) {
        this.current = current;
        this.access = access;
        this.jobs = jobs;
        this.spool = spool;
        this.config = config;
    }

    long largest() {
        return config.largestUpload().asLongValue();
    }

    /** @throws phr.fhir.failure.FailureException MALFORMED without a length, TOO_LARGE, BUSY */
    Job create(String person, HttpHeaders headers) {
        Tus.check(headers);
        long size = Tus.number(headers, Tus.LENGTH);
        if (size == 0) {
            throw Failure.of(Category.MALFORMED, "ING-2", "the file is empty").exception();
        }
        if (size > largest()) {
            throw tooLarge();
        }
        String format = Tus.format(headers);
        Caller caller = current.get();
        return access.perform(Origin.contribution(person), permit -> jobs.open(permit, caller, person, format, size));
    }

    /** @throws phr.fhir.failure.FailureException NOT_FOUND for those of others, and when its time is over */
    Job find(String id) {
        try {
            return jobs.upload(current.get(), UUID.fromString(id)).orElseThrow(Jobs::unknown);
        } catch (IllegalArgumentException e) {
            throw Jobs.unknown();
        }
    }

    /**
     * One more part. Without a checksum whatever arrives is kept, also when the connection breaks; with one, all of it or nothing.
     *
     * @throws phr.fhir.failure.FailureException CONFLICT when the offset is another, FORBIDDEN without consent by now
     * @throws WebApplicationException 423 while another request brings bytes, 460 when the checksum is another
     */
    Job append(Job upload, long offset, HttpHeaders headers, InputStream body) {
        if (upload.state() != Job.State.UPLOADING || upload.arrived() != offset) {
            throw Failure.of(Category.CONFLICT, "UPL-2", "the offset is not what has arrived")
                    .exception();
        }
        if (offset + Tus.announced(headers) > upload.size()) {
            throw tooLarge();
        }
        if (access.again(upload.origin().caller(), upload.origin().ask()).isEmpty()) {
            throw access.consentRequired();
        }
        Checksum checksum = Checksum.parse(headers.getHeaderString(Tus.CHECKSUM));
        try {
            return checksum == null ? appended(upload, offset, body) : verified(upload, offset, checksum, body);
        } catch (IOException e) {
            throw Failure.of(Category.MALFORMED, "UPL-8", "the part broke off; what has come is kept")
                    .exception();
        }
    }

    private Job verified(Job upload, long offset, Checksum checksum, InputStream body) throws IOException {
        try (Spooled part = spool.receive(checksum.over(body), upload.size() - offset, head -> {})) {
            checksum.verify();
            try (InputStream in = part.content().open()) {
                return appended(upload, offset, in);
            }
        }
    }

    private Job appended(Job upload, long offset, InputStream in) throws IOException {
        return jobs.append(upload, offset, in).orElseThrow(() -> new WebApplicationException(LOCKED));
    }

    /** It never was; a file that is whole already is not read any further. */
    void terminate(Job upload) {
        jobs.cancel(upload);
    }

    private static RuntimeException tooLarge() {
        return Failure.of(
                        Category.TOO_LARGE,
                        "ING-3",
                        "the file is larger than this gateway takes, or than it was announced")
                .exception();
    }
}
