package phr.gateway.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;

/** The one place where a failure becomes an HTTP answer, in the face of the address that was asked. */
public final class Answers {

    private static final JsonFactory JSON = new JsonFactory();

    private Answers() {}

    /** @param path of the request: {@code /fhir} and uploads to {@code /ingest} speak FHIR, everything else problem details */
    public static Response of(Failure failure, String path) {
        Response.ResponseBuilder answer = builder(failure.category().status(), failure.issues(), path);
        return switch (failure.category()) {
            case UNAUTHENTICATED -> answer.header("WWW-Authenticate", "Bearer").build();
            case BUSY, UNAVAILABLE -> answer.header("Retry-After", "1").build();
            default -> answer.build();
        };
    }

    /** For statuses that only HTTP knows, such as 405. */
    static Response.ResponseBuilder builder(int status, List<Issue> issues, String path) {
        return Response.status(status)
                .type(speaksFhir(path) ? OperationOutcomes.MEDIA_TYPE : Problems.MEDIA_TYPE)
                .entity(body(status, issues, path));
    }

    static byte[] body(int status, List<Issue> issues, String path) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            if (speaksFhir(path)) {
                OperationOutcomes.write(json, issues);
            } else {
                Problems.write(json, status, issues);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    static String mediaType(String path) {
        return speaksFhir(path) ? OperationOutcomes.MEDIA_TYPE : Problems.MEDIA_TYPE;
    }

    private static boolean speaksFhir(String path) {
        return isUnder(path, "/fhir") || isUnder(path, "/ingest") && !isUnder(path, "/ingest/sources");
    }

    private static boolean isUnder(String path, String root) {
        String absolute = path.startsWith("/") ? path : "/" + path;
        return absolute.equals(root) || absolute.startsWith(root + "/");
    }
}
