package phr.gateway.journey;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import phr.gateway.Http;
import phr.gateway.Tokens;

/** A clinic with its viewer, registered by the operator. */
final class Clinic {

    static final String SAKURA = "sakura-clinic";

    private Clinic() {}

    static Clinic sakura() {
        Http.as(Tokens.operator())
                .contentType("application/json")
                .body(Map.of(
                        "name",
                        "さくらクリニック",
                        "classes",
                        List.of("medical-institution"),
                        "country",
                        "JP",
                        "clients",
                        List.of(Map.of("id", "sakura-viewer", "processor", true))))
                .put("/organisations/{id}", SAKURA)
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201, 204));
        return new Clinic();
    }

    RequestSpecification asks() {
        return Http.as(Tokens.drSato("user/*.rs"), "TREAT");
    }

    ValidatableResponse searches(String type, String patient, Map<String, ?> parameters) {
        return asks().queryParam("patient", patient)
                .queryParams(parameters)
                .get("/fhir/{type}", type)
                .then();
    }

    ValidatableResponse reads(String path) {
        return asks().get("/fhir/" + path).then();
    }

    ValidatableResponse readsEverythingOf(String patient) {
        return asks().queryParam("_dense", "each")
                .get("/fhir/Patient/{id}/$everything", patient)
                .then();
    }
}
