package phr.gateway.ingest.source;

import static org.hamcrest.Matchers.lessThan;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Tokens;

/** A citizen with a watch, a telephone and an application that all count steps: verbs of the public interface. */
final class Walker {

    static final String STEPS = "http://loinc.org|55423-8";
    private static final String WATCH = "\"device\":\"Watch7,1\",\"app\":\"my watch\"";
    private static final String PHONE = "\"device\":\"Pixel 8\",\"app\":\"com.example.phone\"";
    private static final String APP = "\"app\":\"com.example.steps\"";

    private final String login;
    private final String id;
    private final String day;

    private Walker(String login, String day) {
        this.login = login;
        this.day = day;
        this.id = Cast.register(token());
    }

    /** @param day on which she walks, another one in each test */
    static Walker on(String login, String day) {
        return new Walker(login, day);
    }

    String id() {
        return id;
    }

    String token() {
        return Tokens.citizen(login, "patient/*.cruds");
    }

    RequestSpecification asks() {
        return Http.as(token(), "PATRQT");
    }

    /** What was counted, as vendors send it. */
    static final class Count {

        private final String source;
        private final String start;
        private final String end;
        private final int steps;

        private Count(String source, String start, String end, int steps) {
            this.source = source;
            this.start = start;
            this.end = end;
            this.steps = steps;
        }

        static Count watch(String start, String end, int steps) {
            return new Count(WATCH, start, end, steps);
        }

        static Count phone(String start, String end, int steps) {
            return new Count(PHONE, start, end, steps);
        }

        static Count app(String start, String end, int steps) {
            return new Count(APP, start, end, steps);
        }

        private String json(String day) {
            return "{\"id\":\"%s\",\"type\":\"steps\",\"start\":\"%sT%s:00+09:00\",\"end\":\"%sT%s:00+09:00\",\"source\":{%s},"
                            .formatted(
                                    UUID.nameUUIDFromBytes((source + day + start).getBytes(StandardCharsets.UTF_8)),
                                    day,
                                    start,
                                    day,
                                    end,
                                    source)
                    + "\"value\":" + steps + ",\"unit\":\"steps\"}";
        }
    }

    /** Watch, telephone and application of one morning: 970 steps, of which 640 were made. */
    void walks() {
        sends(
                Count.watch("09:00", "09:10", 100),
                Count.watch("09:40", "09:50", 200),
                Count.phone("09:02", "09:12", 80),
                Count.phone("10:00", "10:10", 300),
                Count.app("10:05", "10:15", 250),
                Count.app("11:00", "11:10", 40));
    }

    void sends(Count... counts) {
        sends(asks(), id, counts);
    }

    void sends(RequestSpecification sender, String patient, Count... counts) {
        List<String> lines = new ArrayList<>();
        for (Count count : counts) {
            lines.add(count.json(day));
        }
        sender.header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType("application/x-ndjson")
                .body(String.join("\n", lines).getBytes(StandardCharsets.UTF_8))
                .post("/ingest/{person}/samples", patient)
                .then()
                .statusCode(lessThan(300));
    }

    ValidatableResponse sources() {
        return asks().get("/ingest/sources").then();
    }

    /** Id of the source whose device or application is so called. */
    String source(String name) {
        return sources()
                .statusCode(200)
                .extract()
                .path("sources.find { it.device == '" + name + "' || it.app == '" + name + "' }.id");
    }

    ValidatableResponse orders(String version, Object order) {
        return asks().contentType("application/json")
                .header("If-Match", "\"" + version + "\"")
                .body(Map.of("priority", order))
                .put("/ingest/sources")
                .then();
    }

    String version() {
        return sources().statusCode(200).extract().header("ETag").replace("\"", "");
    }

    /** The person's own order for steps by names. */
    ValidatableResponse believes(String... names) {
        List<String> ids = new ArrayList<>();
        for (String name : names) {
            ids.add(source(name));
        }
        return orders(version(), Map.of("steps", ids));
    }

    ValidatableResponse chart() {
        return chart(asks(), id);
    }

    ValidatableResponse chart(RequestSpecification caller, String patient) {
        return caller.queryParam("patient", patient)
                .queryParam("coding", STEPS)
                .queryParam("unit", "DAY")
                .queryParam("statistic", "sum,count")
                .queryParam("period", day + "/" + day)
                .get("/fhir/Observation/$stats")
                .then()
                .statusCode(200);
    }

    int steps() {
        return steps(asks(), id);
    }

    int steps(RequestSpecification caller, String patient) {
        return chart(caller, patient).extract().path("parameter[0].resource.component[0].valueQuantity.value");
    }

    ValidatableResponse observations(String dense) {
        return asks().queryParam("patient", id)
                .queryParam("code", STEPS)
                .queryParam("date", day)
                .queryParam("_dense", dense)
                .get("/fhir/Observation")
                .then()
                .statusCode(200);
    }
}
