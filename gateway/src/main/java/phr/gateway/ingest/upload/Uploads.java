package phr.gateway.ingest.upload;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.samples.SamplesFormat;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.ingest.IngestConfig;
import phr.gateway.ingest.Ingestion;
import phr.gateway.ingest.Spool;
import phr.gateway.ingest.Spooled;
import phr.gateway.ingest.job.Origin;
import phr.gateway.ingest.upload.repeated.RequestKey;

/** A request body from the street to the record: nothing is received before the permit, and the temporary file never stays. */
@Singleton
final class Uploads {

    /** The format of batches that vendors send. */
    private static final String SAMPLES = "samples";

    private final CurrentCaller current;
    private final RecordAccess access;
    private final Spool spool;
    private final Ingestion ingestion;
    private final Arrivals arrivals;
    private final IngestConfig config;

    Uploads(
            CurrentCaller current,
            RecordAccess access,
            Spool spool,
            Ingestion ingestion,
            Arrivals arrivals,
            IngestConfig config) {
        this.current = current;
        this.access = access;
        this.spool = spool;
        this.ingestion = ingestion;
        this.arrivals = arrivals;
        this.config = config;
    }

    /** @param key header {@code Idempotency-Key} */
    Response receive(String person, @Nullable String format, @Nullable String key, @Nullable InputStream body)
            throws IOException {
        Arrival arrival = new Arrival(current.get(), person, format, RequestKey.parse(key));
        InputStream in = body == null ? InputStream.nullInputStream() : body;
        try (Once file = new Once(() -> spooled(in, arrival))) {
            return access.perform(
                    Origin.contribution(person), (permit, tally) -> arrivals.take(permit, tally, arrival, file.get()));
        }
    }

    private Spooled spooled(InputStream in, Arrival arrival) throws IOException {
        boolean[] samples = new boolean[1];
        Spooled file = spool.receive(in, config.largest().asLongValue(), head -> {
            samples[0] = ingestion.check(head, arrival.format()).equals(SAMPLES);
            if (samples[0]) {
                RequestKey.demand(arrival.key());
            }
        });
        try {
            if (samples[0]) {
                SamplesFormat.refuseAbove(file.size());
            }
            return file;
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The body can be read once, but the work may run again when consents change meanwhile. */
    private static final class Once implements AutoCloseable {

        /** Receives the file. */
        interface Source {
            Spooled receive() throws IOException;
        }

        private final Source source;
        private @Nullable Spooled file;

        Once(Source source) {
            this.source = source;
        }

        Spooled get() {
            if (file == null) {
                try {
                    file = source.receive();
                } catch (IOException e) {
                    throw new UncheckedIOException("request body cannot be spooled", e);
                }
            }
            return file;
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                file.close();
            }
        }
    }
}
