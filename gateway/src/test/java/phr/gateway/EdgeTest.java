package phr.gateway;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every address does before any feature is reached. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class EdgeTest {

    private static final String UUID_7 = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    @Test
    void without_a_token_nothing_answers() {
        Http.anonymous()
                .get("/people/me")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("login-required"));
    }

    @Test
    @DisplayName("P-21 no answer is kept by caches")
    void every_answer_has_a_request_id_and_is_not_kept_by_caches() {
        Http.anonymous()
                .get("/people/me")
                .then()
                .header("X-Request-Id", matchesPattern(UUID_7))
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff");
    }

    private interface Unpacking {
        InputStream of(InputStream packed) throws IOException;
    }

    @Test
    void answers_are_compressed_when_asked() throws Exception {
        answersAreCompressed("gzip", GZIPInputStream::new);
        answersAreCompressed("zstd", ZstdInputStream::new);
    }

    private static void answersAreCompressed(String encoding, Unpacking unpacking) throws Exception {
        HttpResponse<byte[]> plain = metadata("identity");
        HttpResponse<byte[]> packed = metadata(encoding);
        assertEquals(Optional.of(encoding), packed.headers().firstValue("Content-Encoding"));
        assertTrue(packed.body().length < plain.body().length / 2);
        try (InputStream unpacked = unpacking.of(new ByteArrayInputStream(packed.body()))) {
            assertArrayEquals(plain.body(), unpacked.readAllBytes());
        }
    }

    private static HttpResponse<byte[]> metadata(String encoding) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + RestAssured.port + "/fhir/metadata");
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Accept-Encoding", encoding)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void a_request_id_is_taken_over_only_if_it_is_one() {
        String id = "018f0000-0000-4000-8000-0000000000ab";
        Http.anonymous().header("X-Request-Id", id).get("/people/me").then().header("X-Request-Id", id);
        Http.anonymous()
                .header("X-Request-Id", "yamada-hanako-18-0510-her-secret-id.")
                .get("/people/me")
                .then()
                .header("X-Request-Id", matchesPattern(UUID_7));
    }

    @Test
    void an_unknown_address_is_not_found_in_the_face_of_its_room() {
        Http.as(Tokens.hanako())
                .get("/fhir/Nonsense/x/y/z")
                .then()
                .statusCode(404)
                .contentType("application/fhir+json")
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].code", equalTo("not-found"));
        Http.as(Tokens.hanako())
                .get("/nonsense")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("status", equalTo(404));
    }

    @Test
    void a_wrong_method_and_a_wrong_media_type_say_so() {
        Http.as(Tokens.hanako())
                .delete("/people/me")
                .then()
                .statusCode(405)
                .contentType("application/problem+json")
                .body("code", equalTo("method-not-allowed"));
        Http.as(Tokens.operator())
                .contentType("text/plain")
                .body("x")
                .put("/organisations/x")
                .then()
                .statusCode(415)
                .body("code", equalTo("media-type"));
    }

    @Test
    void bad_json_is_located_and_never_repeated() {
        String answer = Http.as(Tokens.operator())
                .contentType("application/json")
                .body("{\"name\":\"さくら\",\"classes\":[\"medical-institution\"],\"owner\":\"hanako-secret\"}")
                .put("/organisations/sakura-clinic")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/owner"))
                .extract()
                .asString();
        assertEquals(-1, answer.indexOf("hanako-secret"));
    }

    @Test
    void a_huge_body_is_refused() {
        Http.as(Tokens.operator())
                .contentType("application/json")
                .body("{\"name\":\"" + "x".repeat(3 << 20) + "\"}")
                .put("/organisations/sakura-clinic")
                .then()
                .statusCode(413)
                .body("code", equalTo("too-large"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/ready"})
    void health_is_open_and_green(String path) {
        Http.anonymous().get(path).then().statusCode(200).body("status", equalTo("UP"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/metrics", "/q/openapi"})
    void insides_are_for_the_operator(String path) {
        Http.anonymous().get(path).then().statusCode(401);
        Http.as(Tokens.hanako()).get(path).then().statusCode(403);
        Http.as(Tokens.operator()).get(path).then().statusCode(200);
    }

    @Test
    void a_refusal_carries_no_stack_and_no_server_name() {
        Http.as("not.a.token")
                .get("/people/me")
                .then()
                .statusCode(401)
                .header("Server", nullValue())
                .body("detail", not(matchesPattern(".*[Ee]xception.*")));
    }
}
