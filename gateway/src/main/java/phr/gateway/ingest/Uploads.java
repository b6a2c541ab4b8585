package phr.gateway.ingest;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.Interaction;

/** A request body from the street to the record: nothing is received before the permit, and the temporary file never stays. */
@Singleton
final class Uploads {

    private final RecordAccess access;
    private final Spool spool;
    private final Pipeline pipeline;
    private final Ingestion ingestion;
    private final IngestConfig config;

    Uploads(RecordAccess access, Spool spool, Pipeline pipeline, Ingestion ingestion, IngestConfig config) {
        this.access = access;
        this.spool = spool;
        this.pipeline = pipeline;
        this.ingestion = ingestion;
        this.config = config;
    }

    Response receive(String person, @Nullable String format, @Nullable InputStream body) throws IOException {
        Ask ask = Ask.ofPatient(person, Action.CONTRIBUTE, Interaction.CREATE, "ingest");
        InputStream in = body == null ? InputStream.nullInputStream() : body;
        try (Once file = new Once(
                () -> spool.receive(in, config.largest().asLongValue(), head -> pipeline.check(head, format)))) {
            Result result = access.perform(
                    ask,
                    (permit, tally) ->
                            ingestion.receive(permit, tally, file.get().content(), format));
            return answer(result);
        }
    }

    static Response answer(Result result) {
        return Response.status(result.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Answer.of(result))
                .build();
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
