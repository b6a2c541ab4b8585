package phr.gateway.reminders;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.MovableClock;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** What people are told, and that it is told once. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ReminderJobTest {

    private static final Map<String, Object> EVIDENCE =
            Map.of("kind", "family-register", "mediaType", "application/pdf", "sha256", "cd".repeat(32));

    @Inject
    ReminderJob job;

    @AfterEach
    void time_is_now() {
        MovableClock.back();
    }

    @Test
    void majority_is_announced_once_ninety_days_before_once_thirty_days_before_and_on_the_day() {
        String token = Tokens.citizen("citizen-07");
        Cast.register(token);
        MovableClock.set(Instant.parse("2026-11-22T00:00:00Z"));
        var child = Http.as(token, "PATRQT")
                .contentType("application/json")
                .body(Map.of("name", "試験 子", "birthDate", "2009-02-01"))
                .post("/people/dependants")
                .then()
                .statusCode(201)
                .extract();
        String person = child.path("person.id");
        Http.as(Tokens.operator())
                .contentType("application/json")
                .body(Map.of("evidence", EVIDENCE, "birthDateVerified", true))
                .post("/authorities/{id}/$verify", (String) child.path("authority.id"))
                .then()
                .statusCode(200);
        job.remind();
        job.remind();
        told(token, person, "MAJORITY_IN_90_DAYS");
        MovableClock.set(Instant.parse("2027-01-05T00:00:00Z"));
        job.remind();
        told(token, person, "MAJORITY_IN_30_DAYS");
        MovableClock.set(Instant.parse("2027-01-31T15:00:00Z"));
        job.remind();
        told(token, person, "MAJORITY_REACHED");
    }

    private static void told(String token, String person, String kind) {
        Http.as(token)
                .get("/people/me/notices")
                .then()
                .statusCode(200)
                .body("findAll { it.person == '" + person + "' && it.kind == '" + kind + "' }", hasSize(1))
                .body("find { it.kind == '" + kind + "' }.dueAt", equalTo("2027-01-31T15:00:00Z"));
    }
}
