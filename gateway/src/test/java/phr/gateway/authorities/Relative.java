package phr.gateway.authorities;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Tokens;

/** A citizen who acts for herself and for others: verbs of the public interface. */
public final class Relative {

    /** A child as its guardian registers it. */
    public record Child(String id, String authority) {}

    private final String login;

    private Relative(String login) {
        this.login = login;
    }

    /** Registered as a person of her own. */
    public static Relative named(String login) {
        Relative relative = unregistered(login);
        Cast.register(relative.token());
        return relative;
    }

    public static Relative unregistered(String login) {
        return new Relative(login);
    }

    public String token() {
        return Tokens.citizen(login, "patient/*.cruds");
    }

    public String id() {
        return asks().get("/people/me").then().statusCode(200).extract().path("id");
    }

    public RequestSpecification asks() {
        return Http.as(token(), "PATRQT");
    }

    private RequestSpecification writes() {
        return asks().contentType("application/json");
    }

    public Child registersChild(String birthDate) {
        var answer = writes().body(Map.of("name", "試験 子", "kana", "シケン コ", "gender", "female", "birthDate", birthDate))
                .post("/people/dependants")
                .then()
                .statusCode(201)
                .extract();
        return new Child(answer.path("person.id"), answer.path("authority.id"));
    }

    public ValidatableResponse claims(String kind, String person) {
        return writes().body(Map.of("kind", kind, "person", person))
                .post("/authorities")
                .then();
    }

    public ValidatableResponse namesProxy(String activation) {
        return writes().body(Map.of("kind", "NAMED_PROXY", "activation", activation))
                .post("/authorities")
                .then();
    }

    /** Which a proxy may not. */
    public ValidatableResponse namesProxyFor(String person) {
        return claims("NAMED_PROXY", person);
    }

    public ValidatableResponse accepts(String code) {
        return writes().body(Map.of("code", code)).post("/authorities/$accept").then();
    }

    public String invites(String person) {
        return writes().post("/people/{person}/$invite", person)
                .then()
                .statusCode(201)
                .extract()
                .path("code");
    }

    public ValidatableResponse claimsRecord(String code) {
        return writes().body(Map.of("code", code)).post("/people/$claim").then();
    }

    public ValidatableResponse reports(String person, String type) {
        return writes().body(Map.of("type", type))
                .post("/people/{person}/life-events", person)
                .then();
    }

    public ValidatableResponse reads(String type, String person) {
        return asks().queryParam("patient", person).get("/fhir/{type}", type).then();
    }

    public ValidatableResponse readsPatient(String person) {
        return asks().get("/fhir/Patient/{id}", person).then();
    }

    public ValidatableResponse uploads(String person, byte[] file) {
        return asks().contentType("application/octet-stream")
                .body(file)
                .post("/ingest/{person}", person)
                .then();
    }

    public ValidatableResponse grantsFor(String person, String directive) {
        return writes().body(directive)
                .queryParam("person", person)
                .post("/consents")
                .then();
    }

    public ValidatableResponse consentsOf(String person) {
        return asks().queryParam("person", person).get("/consents").then();
    }

    public ValidatableResponse accessLogOf(String person) {
        return asks().get("/audit/{person}", person).then();
    }
}
