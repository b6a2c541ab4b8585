package phr.gateway.authorities;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import phr.gateway.Http;
import phr.gateway.Tokens;

/** The operator's verbs. */
public final class Operator {

    public static final Map<String, Object> EVIDENCE =
            Map.of("kind", "family-register", "mediaType", "application/pdf", "sha256", "ab".repeat(32));

    private Operator() {}

    public static RequestSpecification asks() {
        return Http.as(Tokens.operator()).contentType("application/json");
    }

    public static ValidatableResponse verifies(String authority) {
        return asks().body(Map.of("evidence", EVIDENCE, "birthDateVerified", true))
                .post("/authorities/{id}/$verify", authority)
                .then();
    }

    public static ValidatableResponse changes(String authority, String change) {
        return asks().body(Map.of("reason", "試験", "evidence", EVIDENCE))
                .post("/authorities/{id}/{change}", authority, "$" + change)
                .then();
    }

    public static ValidatableResponse confirms(String lifeEvent) {
        return asks().body(Map.of("evidence", EVIDENCE))
                .post("/life-events/{id}/$verify", lifeEvent)
                .then();
    }

    public static ValidatableResponse withdraws(String lifeEvent) {
        return asks().body(Map.of("reason", "誤報"))
                .post("/life-events/{id}/$withdraw", lifeEvent)
                .then();
    }
}
