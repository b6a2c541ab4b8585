package phr.gateway.consents;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Tokens;

/** A citizen and the clinic that asks her: verbs of the public interface. */
final class Asked {

    static final String CLINIC = "sakura-clinic";

    private final String name;
    private final String person;
    private final String patient;

    private Asked(String name) {
        this.name = name;
        this.person = Cast.register(Tokens.citizen(name));
        this.patient = Cast.introduce(Tokens.citizen(name), person, CLINIC);
    }

    /** Known to the clinic, with nothing permitted. */
    static Asked citizen(String name) {
        Cast.organisations();
        Asked asked = new Asked(name);
        Cast.revokeEverything(Tokens.citizen(name));
        return asked;
    }

    String person() {
        return person;
    }

    String patient() {
        return patient;
    }

    RequestSpecification she() {
        return Http.as(Tokens.citizen(name, "patient/*.cruds"), "PATRQT");
    }

    RequestSpecification clinic() {
        return Http.as(Tokens.drSato("user/*.rs"), "TREAT");
    }

    ValidatableResponse clinicReads(String type) {
        return clinic().queryParam("patient", patient).get("/fhir/" + type).then();
    }

    /** A permit for the clinic, as it would ask for it. */
    static Map<String, Object> wish(String... categories) {
        Map<String, Object> wish = new HashMap<>();
        wish.put("effect", "PERMIT");
        wish.put("grantees", List.of(Map.of("kind", "ORGANISATION", "id", "Organization/" + CLINIC)));
        wish.put("purposes", List.of("TREAT"));
        wish.put("actions", List.of("read"));
        wish.put("selectors", List.of(Map.of("category", List.of(categories))));
        wish.put("labels", Map.of("max", "N", "sensitivities", List.of()));
        return wish;
    }

    static Map<String, Object> with(Map<String, Object> wish, String element, Object value) {
        Map<String, Object> other = new HashMap<>(wish);
        other.put(element, value);
        return other;
    }

    ValidatableResponse clinicAsks(Map<String, Object> directive) {
        return asks(clinic(), Map.of("patient", patient, "directive", directive, "text", "次の診察のため"));
    }

    static ValidatableResponse asks(RequestSpecification who, Map<String, Object> body) {
        return who.contentType("application/json")
                .body(body)
                .post("/consents/requests")
                .then();
    }

    /** Asks; the id of the request. */
    String request(String... categories) {
        return clinicAsks(wish(categories)).statusCode(201).extract().path("id");
    }

    ValidatableResponse answers(String request, String operation) {
        return she().post("/consents/requests/{id}/" + operation, request).then();
    }

    ValidatableResponse approves(String request, Map<String, Object> narrower) {
        return she().contentType("application/json")
                .body(Map.of("directive", narrower))
                .post("/consents/requests/{id}/$approve", request)
                .then();
    }

    /** Ends what is still open of earlier tests. */
    void refusesEverything() {
        List<String> open = new ArrayList<>(she().queryParam("status", "OPEN")
                .get("/consents/requests")
                .then()
                .statusCode(200)
                .extract()
                .<List<String>>path("id"));
        open.forEach(request -> answers(request, "$refuse").statusCode(200));
    }
}
