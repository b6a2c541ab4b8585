package phr.gateway.web;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Ends answers that nobody reads. A streamed answer holds a thread and a database connection; a client that asks and does not read
 * would hold them for ever, and a few such clients everything. A slow one that goes on reading is served to the end.
 */
@Provider
@Singleton
public class AttendedStreams implements MessageBodyWriter<StreamingOutput> {

    private static final Logger LOG = Logger.getLogger(AttendedStreams.class);

    private final Set<AttendedOutput> open = ConcurrentHashMap.newKeySet();
    private final Duration patience;

    private final CurrentVertxRequest request;

    /** @param patience while one piece of an answer may wait to be taken */
    @Inject
    AttendedStreams(
            CurrentVertxRequest request,
            @ConfigProperty(name = "phr.stalled-reader", defaultValue = "30S") Duration patience) {
        this.request = request;
        this.patience = patience;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return StreamingOutput.class.isAssignableFrom(type);
    }

    @Override
    public void writeTo(
            StreamingOutput answer,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        AttendedOutput attended = new AttendedOutput(out);
        open.add(attended);
        try {
            answer.write(attended);
        } catch (IOException e) {
            breakOff(e);
        } catch (RuntimeException e) {
            breakOff(e);
            throw e;
        } finally {
            open.remove(attended);
        }
    }

    /** What has begun cannot become a refusal any more: the connection ends before the answer does, so that nobody takes it for whole. */
    private <T extends Exception> void breakOff(T cause) throws T {
        RoutingContext context = request.getCurrent();
        if (!context.response().headWritten()) {
            throw cause;
        }
        LOG.infof("an answer is broken off by %s", cause.getClass().getSimpleName());
        // Closed in good manners it would first say, behind all that waits, that the answer is complete.
        if (context.request().connection() instanceof ConnectionBase connection) {
            connection.channel().pipeline().firstContext().close();
        }
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        long since = System.nanoTime() - patience.toNanos();
        open.forEach(one -> {
            if (one.endIfWaitingSince(since)) {
                LOG.info("an answer that nobody reads is ended");
            }
        });
    }
}
