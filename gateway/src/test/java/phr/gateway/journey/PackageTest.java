package phr.gateway.journey;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Http;
import phr.gateway.Stack;

/** The record out and in again, and packages that are not welcome. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class PackageTest {

    private Citizen hanako;

    @BeforeEach
    void has_a_record() {
        hanako = Citizen.hanako();
        hanako.uploads(Lifelogs.heartRateNdjson(OffsetDateTime.parse("2020-05-01T08:00:00+09:00"), 5));
    }

    @Test
    void the_keys_of_the_provider_are_public_and_only_public() {
        Http.anonymous()
                .get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .body("keys[0].kty", equalTo("EC"))
                .body("keys[0].crv", equalTo("P-256"))
                .body("keys[0].kid", notNullValue())
                .body("keys[0]", not(hasKey("d")));
    }

    @Test
    void a_package_has_a_name_and_never_the_internal_id() throws IOException {
        byte[] container = hanako.asks()
                .contentType("application/json")
                .body(Map.of("reason", "user-export"))
                .post("/transfer/{person}/export", hanako.id())
                .then()
                .statusCode(200)
                .contentType("application/zip")
                .header(
                        "Content-Disposition",
                        org.hamcrest.Matchers.matchesPattern("attachment; filename=\"SPHR_test\\.phr_\\d{17}\\.sphr\""))
                .extract()
                .asByteArray();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(container))) {
            int files = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String content = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                assertFalse(content.contains(hanako.id()), entry.getName());
                files++;
            }
            assertFalse(files < 10, "a package has its parts");
        }
    }

    @Test
    void an_unknown_reason_is_refused_and_located() {
        hanako.asks()
                .contentType("application/json")
                .body(Map.of("reason", "because"))
                .post("/transfer/{person}/export", hanako.id())
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo("/reason"));
    }

    @Test
    void coming_home_changes_nothing_and_coming_twice_answers_the_first_receipt() {
        byte[] container = hanako.exports();
        String before = hanako.inventory();
        String receipt = hanako.imports(container)
                .statusCode(201)
                .body("created", equalTo(1)) // the Provenance of the export itself
                .body("updated", equalTo(0))
                .body("unchanged", greaterThan(0))
                .body("origin", equalTo("provider-signed"))
                .extract()
                .asString();
        assertEquals(
                receipt, hanako.imports(container).statusCode(200).extract().asString());
        assertEquals(before, hanako.inventory());
    }

    @Test
    void a_package_that_was_touched_is_refused_as_a_whole() {
        byte[] container = hanako.exports();
        String before = hanako.inventory();
        byte[] cut = Arrays.copyOf(container, container.length - 500);
        hanako.imports(cut).statusCode(400).contentType("application/problem+json");
        hanako.imports(new byte[] {1, 2, 3, 4}).statusCode(400);
        hanako.imports(new byte[0]).statusCode(400);
        assertEquals(before, hanako.inventory());
    }

    @Test
    void somebody_elses_package_waits_and_can_be_discarded() {
        Citizen taro = Citizen.taro();
        String before = taro.inventory();
        String held = taro.imports(hanako.exports())
                .statusCode(202)
                .body("outcome.issue.code", hasItem("business-rule"))
                .extract()
                .path("held.id");
        assertEquals(before, taro.inventory(), "nothing of it is in the record");
        assertEquals(
                List.of("sphr"),
                taro.held().stream().map(file -> file.get("format")).toList());
        taro.discards(held).statusCode(204);
        assertEquals(before, taro.inventory());
    }
}
