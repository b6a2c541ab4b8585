package phr.gateway.authorities;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Tokens;

/** A citizen who acts for herself and for others: verbs of the public interface. */
final class Relative {

    /** A child as its guardian registers it. */
    record Child(String id, String authority) {}

    private final String login;

    private Relative(String login) {
        this.login = login;
    }

    /** Registered as a person of her own. */
    static Relative named(String login) {
        Relative relative = unregistered(login);
        Cast.register(relative.token());
        return relative;
    }

    static Relative unregistered(String login) {
        return new Relative(login);
    }

    String token() {
        return Tokens.citizen(login, "patient/*.cruds");
    }

    String id() {
        return asks().get("/people/me").then().statusCode(200).extract().path("id");
    }

    RequestSpecification asks() {
        return Http.as(token(), "PATRQT");
    }

    private RequestSpecification writes() {
        return asks().contentType("application/json");
    }

    Child registersChild(String birthDate) {
        var answer = writes().body(Map.of("name", "試験 子", "kana", "シケン コ", "gender", "female", "birthDate", birthDate))
                .post("/people/dependants")
                .then()
                .statusCode(201)
                .extract();
        return new Child(answer.path("person.id"), answer.path("authority.id"));
    }

    ValidatableResponse claims(String kind, String person) {
        return writes().body(Map.of("kind", kind, "person", person))
                .post("/authorities")
                .then();
    }

    ValidatableResponse namesProxy(String activation) {
        return writes().body(Map.of("kind", "NAMED_PROXY", "activation", activation))
                .post("/authorities")
                .then();
    }

    /** Which a proxy may not. */
    ValidatableResponse namesProxyFor(String person) {
        return claims("NAMED_PROXY", person);
    }

    ValidatableResponse accepts(String code) {
        return writes().body(Map.of("code", code)).post("/authorities/$accept").then();
    }

    String invites(String person) {
        return writes().post("/people/{person}/$invite", person)
                .then()
                .statusCode(201)
                .extract()
                .path("code");
    }

    ValidatableResponse claimsRecord(String code) {
        return writes().body(Map.of("code", code)).post("/people/$claim").then();
    }

    ValidatableResponse reports(String person, String type) {
        return writes().body(Map.of("type", type))
                .post("/people/{person}/life-events", person)
                .then();
    }

    ValidatableResponse reads(String type, String person) {
        return asks().queryParam("patient", person).get("/fhir/{type}", type).then();
    }

    ValidatableResponse readsPatient(String person) {
        return asks().get("/fhir/Patient/{id}", person).then();
    }

    ValidatableResponse uploads(String person, byte[] file) {
        return asks().contentType("application/octet-stream")
                .body(file)
                .post("/ingest/{person}", person)
                .then();
    }

    ValidatableResponse grantsFor(String person, String directive) {
        return writes().body(directive)
                .queryParam("person", person)
                .post("/consents")
                .then();
    }

    ValidatableResponse consentsOf(String person) {
        return asks().queryParam("person", person).get("/consents").then();
    }

    ValidatableResponse accessLogOf(String person) {
        return asks().get("/audit/{person}", person).then();
    }
}
