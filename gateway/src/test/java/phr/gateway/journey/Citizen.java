package phr.gateway.journey;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import phr.gateway.Http;
import phr.gateway.Tokens;

/** A person with her app: verbs of the public interface. */
final class Citizen {

    private final String token;
    private final String id;

    private Citizen(String token) {
        this.token = token;
        this.id = Http.as(token, "PATRQT").post("/people").then().extract().path("id");
    }

    static Citizen hanako() {
        return new Citizen(Tokens.hanako("patient/*.cruds"));
    }

    static Citizen taro() {
        return new Citizen(Tokens.taro("patient/*.cruds"));
    }

    /** Any citizen of the realm. */
    static Citizen named(String name) {
        return new Citizen(Tokens.citizen(name, "patient/*.cruds"));
    }

    /** Her own id, which no organisation may ever see. */
    String id() {
        return id;
    }

    RequestSpecification asks() {
        return Http.as(token, "PATRQT");
    }

    ValidatableResponse uploads(byte[] file) {
        return asks().contentType("application/octet-stream")
                .body(file)
                .post("/ingest/{person}", id)
                .then();
    }

    ValidatableResponse uploads(String format, byte[] file) {
        return asks().contentType("application/octet-stream")
                .body(file)
                .post("/ingest/{person}/{format}", id, format)
                .then();
    }

    ValidatableResponse searches(String type, Map<String, ?> parameters) {
        return asks().queryParam("patient", id)
                .queryParams(parameters)
                .get("/fhir/{type}", type)
                .then();
    }

    ValidatableResponse reads(String path) {
        return asks().get("/fhir/" + path).then();
    }

    /** How the organisation comes to know her. */
    String introducesHerselfTo(String organisation) {
        return asks().contentType("application/json")
                .body(Map.of("organisation", organisation))
                .post("/people/{person}/introductions", id)
                .then()
                .extract()
                .path("patient");
    }

    /** Permits an organisation to read categories of her record for treatment, for one year; answers the directive's id. */
    String grants(String organisation, String validFrom, String validTo, String... categories) {
        return permits(organisation, "read", validFrom, validTo, categories);
    }

    /** Permits one action on categories of her record. */
    String permits(String organisation, String action, String validFrom, String validTo, String... categories) {
        return asks().contentType("application/json")
                .body(Map.of(
                        "effect", "PERMIT",
                        "grantees", List.of(Map.of("kind", "ORGANISATION", "id", "Organization/" + organisation)),
                        "purposes", List.of("TREAT"),
                        "actions", List.of(action),
                        "countries", List.of("JP"),
                        "selectors", List.of(Map.of("category", List.of(categories))),
                        "labels", Map.of("max", "N", "sensitivities", List.of()),
                        "dataPeriod", "ANY",
                        "validity", Map.of("start", validFrom, "end", validTo),
                        "grantor", Map.of("capacity", "SELF")))
                .post("/consents")
                .then()
                .statusCode(201)
                .extract()
                .path("directive.id");
    }

    ValidatableResponse revokes(String directive) {
        return asks().contentType("application/json")
                .body(Map.of())
                .post("/consents/{id}/$revoke", directive)
                .then();
    }

    byte[] exports() {
        return asks().contentType("application/json")
                .body(Map.of("reason", "user-export"))
                .post("/transfer/{person}/export", id)
                .then()
                .statusCode(200)
                .contentType("application/zip")
                .extract()
                .asByteArray();
    }

    ValidatableResponse imports(byte[] container) {
        return asks().contentType("application/zip")
                .body(container)
                .post("/transfer/{person}/import", id)
                .then();
    }

    /** Counts and content hash of her whole record. */
    String inventory() {
        return asks().get("/transfer/{person}/inventory", id)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    ValidatableResponse accessLog() {
        return asks().queryParam("_count", 100).get("/audit/{person}", id).then();
    }

    List<Map<String, Object>> held() {
        return asks().get("/ingest/{person}/held", id)
                .then()
                .statusCode(200)
                .extract()
                .path("$");
    }

    ValidatableResponse confirms(String heldFile) {
        return asks().post("/ingest/{person}/held/{id}/$confirm", id, heldFile).then();
    }

    ValidatableResponse discards(String heldFile) {
        return asks().delete("/ingest/{person}/held/{id}", id, heldFile).then();
    }
}
