package phr.gateway.erasure;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Lifelogs;
import phr.fhir.fixtures.People;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Tokens;
import phr.gateway.ingest.job.JobRequests;
import phr.gateway.ingest.upload.TusRequests;

/** A citizen with a record who leaves. */
final class Leaver {

    private final String login;
    private final String id;

    private Leaver(String login) {
        this.login = login;
        this.id = Cast.register(token());
    }

    /** With samples, an order of sources, a file, a held file about somebody else, a job, and an upload that is not finished. */
    static Leaver withARecord(String login) {
        Leaver leaver = new Leaver(login);
        leaver.uploadsSamples();
        leaver.uploadsInParts(
                Lifelogs.bloodPressures(UUID.randomUUID(), OffsetDateTime.parse("2026-03-01T07:00:00+09:00"), 5));
        leaver.beginsAnUpload();
        leaver.ordersSources();
        leaver.uploads(Checkup.of(People.TARO)
                .on(LocalDate.of(2021, 5, 10))
                .item("9N001000000000001", "171.5")
                .xml());
        return leaver;
    }

    String id() {
        return id;
    }

    String token() {
        return Tokens.citizen(login, "patient/*.cruds");
    }

    RequestSpecification asks() {
        return Http.as(token(), "PATRQT");
    }

    void uploadsSamples() {
        int status = uploads(Lifelogs.heartRateNdjson(OffsetDateTime.parse("2026-02-01T00:00:00+09:00"), 40));
        assertTrue(status >= 200 && status < 300, "status " + status);
    }

    /** Returns when all of it is stored. */
    void uploadsInParts(byte[] file) {
        JobRequests.ended(token(), new TusRequests(token(), "PATRQT").sends(id, file))
                .body("state", equalTo("COMPLETE"));
    }

    private void beginsAnUpload() {
        TusRequests tus = new TusRequests(token(), "PATRQT");
        tus.brings(TusRequests.place(tus.creates(id, 100)), 0, new byte[40]).statusCode(204);
    }

    private void ordersSources() {
        String seen =
                asks().get("/ingest/sources").then().statusCode(200).extract().header("ETag");
        asks().header("If-Match", seen)
                .contentType("application/json")
                .body("{\"priority\":{}}")
                .put("/ingest/sources")
                .then()
                .statusCode(200);
    }

    int uploads(byte[] file) {
        return asks().contentType("application/octet-stream")
                .body(file)
                .post("/ingest/{person}", id)
                .statusCode();
    }

    ValidatableResponse asksForErasure() {
        return asks().contentType("application/json")
                .body("{}")
                .post("/people/{person}/erasure-request", id)
                .then();
    }

    String erasureToken() {
        return asksForErasure().statusCode(201).extract().path("token");
    }

    ValidatableResponse erases(String token) {
        return erases(token(), id, token);
    }

    static ValidatableResponse erases(String login, String person, String token) {
        return Http.as(login)
                .contentType("application/json")
                .body(Map.of("token", token))
                .post("/people/{person}/$erase", person)
                .then();
    }
}
