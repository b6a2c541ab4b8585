package phr.gateway.ingest.source;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.gateway.authorities.Operator;
import phr.gateway.authorities.Relative;
import phr.gateway.ingest.source.Walker.Count;

/** Watch, telephone and application count the same steps: they are counted once, in the order that the person likes. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class SourcesTest {

    private static final String CHOSEN =
            "parameter[0].resource.extension.findAll { it.url.endsWith('chosen-source') }.valueReference.display";

    @BeforeEach
    void organisations() {
        Cast.organisations();
    }

    private static Walker walks(String day) {
        Walker her = Walker.on("citizen-71", day);
        her.walks();
        her.orders(her.version(), Map.of()).statusCode(200);
        return her;
    }

    private static RequestSpecification clinic() {
        return Http.as(Tokens.drSato("user/*.cruds"), "TREAT");
    }

    @Test
    void steps_are_counted_once_and_every_sample_stays() {
        Walker her = walks("2026-03-02");
        assertEquals(640, her.steps());
        her.chart()
                .body("parameter", hasSize(1))
                .body("parameter[0].resource.component[1].valueQuantity.value", equalTo(4))
                .body(CHOSEN, containsInAnyOrder("my watch (Watch7,1)", "com.example.phone (Pixel 8)"));
        her.observations("each").body("entry", hasSize(6));
        her.observations("sampled")
                .body("entry.resource.findAll { it.valueQuantity != null }", hasSize(1))
                .body("entry.resource.find { it.valueQuantity != null }.valueQuantity.value", equalTo(640))
                .body("entry.resource.findAll { it.valueSampledData != null }", hasSize(4));
        her.observations("hourly")
                .body("entry.resource.findAll { it.valueQuantity != null }.valueQuantity.value", equalTo(List.of(640)));
    }

    @Test
    void she_orders_her_sources_and_the_chart_changes() {
        Walker her = walks("2026-03-03");
        her.sources()
                .statusCode(200)
                .body("sources.kind", containsInAnyOrder("watch", "phone", "app"))
                .body(
                        "priority.steps",
                        equalTo(List.of(
                                her.source("my watch"),
                                her.source("com.example.phone"),
                                her.source("com.example.steps"))))
                .body("stated", hasSize(0))
                .body("sources.find { it.kind == 'watch' }.holds[0].metric", equalTo("steps"));
        String before = her.version();
        her.believes("com.example.phone", "com.example.steps", "my watch")
                .statusCode(200)
                .body("stated", equalTo(List.of("steps")))
                .body("priority.steps[0]", equalTo(her.source("com.example.phone")));
        assertNotEquals(before, her.version());
        assertEquals(80 + 200 + 300 + 40, her.steps());
        her.believes("com.example.steps", "my watch", "com.example.phone").statusCode(200);
        assertEquals(100 + 200 + 250 + 40, her.steps());
        her.orders(her.version(), Map.of()).statusCode(200).body("stated", hasSize(0));
        assertEquals(640, her.steps());
        her.asks().get("/audit/{person}", her.id()).then().statusCode(200).body(containsString("order sources"));
    }

    @Test
    void late_data_of_the_watch_change_the_day_they_are_about() {
        Walker her = walks("2026-03-04");
        assertEquals(640, her.steps());
        her.sends(Count.watch("10:20", "10:30", 50));
        assertEquals(100 + 200 + 50 + 40, her.steps());
        assertEquals(
                List.of(390),
                her.observations("sampled")
                        .extract()
                        .path("entry.resource.findAll { it.valueQuantity != null }.valueQuantity.value"));
    }

    @Test
    void one_source_alone_is_what_it_has_counted() {
        Walker her = Walker.on("citizen-71", "2026-03-05");
        her.sends(Count.phone("09:00", "09:40", 400), Count.phone("09:40", "10:20", 300));
        assertEquals(700, her.steps());
        her.chart().body(not(containsString("chosen-source")));
    }

    @Test
    void who_may_see_one_source_learns_nothing_of_the_others() {
        Walker her = Walker.on("citizen-72", "2026-03-06");
        Cast.revokeEverything(her.token());
        String patient = Cast.introduce(her.token(), her.id(), "aruku");
        Cast.grant(her.token(), """
                {"effect":"PERMIT","grantees":[{"kind":"ORGANISATION","id":"Organization/aruku"}],"purposes":["TREAT"],
                 "actions":["contribute"],"countries":["JP"],"selectors":"ALL","labels":"ANY"}""");
        her.sends(Count.watch("09:00", "09:10", 100), Count.watch("12:00", "12:10", 5));
        her.sends(Http.as(Tokens.aruku("system/Observation.c"), "TREAT"), patient, Count.phone("09:05", "09:15", 77));
        assertEquals(105, her.steps());
        String known = Cast.introduce(her.token(), her.id(), "sakura-clinic");
        Cast.grant(
                her.token(),
                Cast.SAKURA_MAY_READ.replace(
                        "\"selectors\":\"ALL\"", "\"selectors\":[{\"source\":[\"aruku-backend\"]}]"));
        assertEquals(77, her.steps(clinic(), known));
        her.chart(clinic(), known).body(not(containsString("watch"))).body(not(containsString("chosen-source")));
    }

    @Test
    void what_is_no_order_of_her_sources_is_refused_with_its_place() {
        Walker her = walks("2026-03-07");
        Walker other = Walker.on("citizen-72", "2026-03-07");
        other.walks();
        String watch = her.source("my watch");
        String phone = her.source("com.example.phone");
        String app = her.source("com.example.steps");
        assertNotEquals(watch, other.source("my watch"), "ids tell nothing about others");
        String version = her.version();
        refused(her.orders(version, Map.of("steps", List.of(watch, phone, other.source("com.example.steps")))), "SRC-3")
                .body("errors[0].pointer", equalTo("/priority/steps/2"));
        refused(her.orders(version, Map.of("steps", List.of(watch, watch, phone, app))), "SRC-4")
                .body("errors[0].pointer", equalTo("/priority/steps/1"));
        refused(her.orders(version, Map.of("steps", List.of(watch, phone))), "SRC-4")
                .body("errors[0].pointer", equalTo("/priority/steps"));
        refused(her.orders(version, Map.of("heart-rate", List.of(watch))), "SRC-2")
                .body("errors[0].pointer", equalTo("/priority/heart-rate"));
        refused(her.orders(version, Map.of("<b>", List.of("x"))), "SRC-2").body(not(containsString("<b>")));
        her.orders("99", Map.of()).statusCode(412).body("code", equalTo("SRC-5"));
        her.asks()
                .contentType("application/json")
                .body("{\"priority\":{}}")
                .put("/ingest/sources")
                .then()
                .statusCode(400)
                .body("code", equalTo("if-match"));
        for (String body : List.of("{}", "[]", "{\"priority\":{\"steps\":\"x\"}}", "{\"order\":{}}")) {
            her.asks()
                    .contentType("application/json")
                    .header("If-Match", "\"" + version + "\"")
                    .body(body)
                    .put("/ingest/sources")
                    .then()
                    .statusCode(400)
                    .contentType(containsString("application/problem+json"));
        }
        assertEquals(version, her.version());
        assertEquals(640, her.steps());
    }

    private static ValidatableResponse refused(ValidatableResponse answer, String rule) {
        return answer.statusCode(422)
                .contentType(containsString("application/problem+json"))
                .body("errors.code", hasItem(rule));
    }

    @Test
    void nobody_else_sees_or_orders_them() {
        Walker her = walks("2026-03-08");
        Walker other = Walker.on("citizen-72", "2026-03-08");
        String version = her.version();
        for (RequestSpecification caller : List.of(
                clinic(),
                clinic().queryParam("person", her.id()),
                Http.as(Tokens.aruku("system/Observation.c"), "TREAT").queryParam("person", her.id()),
                other.asks().queryParam("person", her.id()))) {
            caller.header("If-Match", "\"" + version + "\"")
                    .contentType("application/json")
                    .body("{\"priority\":{}}");
            caller.put("/ingest/sources").then().statusCode(404);
        }
        other.asks()
                .queryParam("person", her.id())
                .get("/ingest/sources")
                .then()
                .statusCode(404);
        clinic().queryParam("person", her.id()).get("/ingest/sources").then().statusCode(404);
        assertEquals(version, her.version());
    }

    @Test
    void a_guardian_orders_the_sources_of_her_child() {
        Relative guardian = Relative.named("citizen-73");
        Relative.Child registered = guardian.registersChild("2019-05-01");
        Operator.verifies(registered.authority()).statusCode(200);
        String child = registered.id();
        Walker as = Walker.on("citizen-73", "2026-03-09");
        as.sends(guardian.asks(), child, Count.watch("09:00", "09:10", 10), Count.phone("09:05", "09:15", 30));
        assertEquals(10, as.steps(guardian.asks(), child));
        ValidatableResponse listed = guardian.asks()
                .queryParam("person", child)
                .get("/ingest/sources")
                .then()
                .statusCode(200);
        List<String> order = listed.extract().path("priority.steps");
        guardian.asks()
                .queryParam("person", child)
                .header("If-Match", listed.extract().header("ETag"))
                .contentType("application/json")
                .body(Map.of("priority", Map.of("steps", List.of(order.get(1), order.get(0)))))
                .put("/ingest/sources")
                .then()
                .statusCode(200);
        assertEquals(30, as.steps(guardian.asks(), child));
    }
}
