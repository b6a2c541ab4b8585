package phr.gateway.consents;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Tokens;
import phr.gateway.authorities.Relative;

/** Somebody who stands for a person whom the clinic knows: verbs of the public interface. */
final class Standing {

    private final String login;
    private final String person;
    private final String patient;

    private Standing(String login, String person, String patient) {
        this.login = login;
        this.person = person;
        this.patient = patient;
    }

    /** The person is introduced to the clinic by whoever may. */
    static Standing of(String login, String person) {
        return new Standing(login, person, Cast.introduce(Tokens.citizen(login), person, Asked.CLINIC));
    }

    /** Somebody else, of whom the person is not known to have given any power. */
    Standing other(String name) {
        return new Standing(name, person, patient);
    }

    String person() {
        return person;
    }

    RequestSpecification asks() {
        return Http.as(Tokens.citizen(login, "patient/*.cruds"), "PATRQT")
                .contentType("application/json")
                .queryParam("person", person);
    }

    /** With the person in the address. */
    RequestSpecification asksPlainly() {
        return Http.as(Tokens.citizen(login, "patient/*.cruds"), "PATRQT");
    }

    ValidatableResponse gets(String address) {
        return asks().get(address).then();
    }

    ValidatableResponse posts(String address, Map<String, ?> body) {
        return asks().body(body).post(address).then();
    }

    ValidatableResponse approves(String request) {
        return posts("/consents/requests/" + request + "/$approve", Map.of());
    }

    ValidatableResponse approves(String request, Map<String, Object> narrower) {
        return posts("/consents/requests/" + request + "/$approve", Map.of("directive", narrower));
    }

    ValidatableResponse refuses(String request) {
        return posts("/consents/requests/" + request + "/$refuse", Map.of("reason", "いまは不要"));
    }

    ValidatableResponse visits() {
        return posts(
                "/consents/$visit", Map.of("organisation", Asked.CLINIC, "groups", java.util.List.of("medication")));
    }

    ValidatableResponse stops() {
        return posts("/consents/shared/" + Asked.CLINIC + "/$stop", Map.of());
    }

    ValidatableResponse log() {
        return Relative.unregistered(login).accessLogOf(person).statusCode(200);
    }

    /** The clinic puts a question to the person; the id of the request. */
    String asked(Map<String, Object> wish) {
        return Asked.asks(
                        Http.as(Tokens.drSato("user/*.rs"), "TREAT"),
                        Map.of("patient", patient, "directive", wish, "text", "次の診察のため"))
                .statusCode(201)
                .extract()
                .path("id");
    }

    ValidatableResponse clinicReads() {
        return Http.as(Tokens.drSato("user/*.rs"), "TREAT")
                .queryParam("patient", patient)
                .get("/fhir/Observation")
                .then();
    }
}
