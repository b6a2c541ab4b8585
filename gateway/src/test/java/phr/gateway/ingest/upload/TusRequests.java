package phr.gateway.ingest.upload;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import phr.gateway.Http;

/** Requests of the tus protocol, one by one. */
public final class TusRequests {

    private static final String BYTES = "application/offset+octet-stream";

    private final String token;
    private final String purpose;

    public TusRequests(String token, String purpose) {
        this.token = token;
        this.purpose = purpose;
    }

    public RequestSpecification asks() {
        return Http.as(token, purpose).header("Tus-Resumable", "1.0.0");
    }

    public ValidatableResponse creates(String person, long length) {
        return asks().header("Upload-Length", length)
                .post("/ingest/{person}/uploads", person)
                .then();
    }

    public ValidatableResponse creates(String person, long length, String format) {
        String name = Base64.getEncoder().encodeToString("花子.ndjson".getBytes(StandardCharsets.UTF_8));
        String named = Base64.getEncoder().encodeToString(format.getBytes(StandardCharsets.UTF_8));
        return asks().header("Upload-Length", length)
                .header("Upload-Metadata", "filename " + name + ",format " + named)
                .post("/ingest/{person}/uploads", person)
                .then();
    }

    /** The path of what was created. */
    public static String place(ValidatableResponse created) {
        String location = created.statusCode(201).extract().header("Location");
        return URI.create(location).getPath();
    }

    public ValidatableResponse offset(String place) {
        return asks().head(place).then();
    }

    public ValidatableResponse brings(String place, long offset, byte[] part) {
        return part(offset, part).patch(place).then();
    }

    public ValidatableResponse brings(String place, long offset, byte[] part, String checksum) {
        return part(offset, part)
                .header("Upload-Checksum", checksum)
                .patch(place)
                .then();
    }

    public RequestSpecification part(long offset, byte[] part) {
        return asks().header("Upload-Offset", offset).contentType(BYTES).body(part);
    }

    /** A whole file; the path of the job that it becomes. */
    public String sends(String person, byte[] file) {
        String place = place(creates(person, file.length));
        return brings(place, 0, file).statusCode(204).extract().header("Content-Location");
    }
}
