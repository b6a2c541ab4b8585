package phr.gateway.ingest.job;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.ValidatableResponse;
import java.util.Set;
import java.util.function.Predicate;
import phr.gateway.Http;

/** Jobs as their senders ask for them. */
public final class JobRequests {

    private static final Set<String> ENDED = Set.of("COMPLETE", "ERROR", "CANCELED");

    private JobRequests() {}

    public static ValidatableResponse state(String token, String job) {
        return Http.as(token, "PATRQT").get(job).then().statusCode(200);
    }

    /** Waits until nothing more becomes of it. */
    public static ValidatableResponse ended(String token, String job) {
        return when(token, job, state -> ENDED.contains(state.extract().<String>path("state")));
    }

    public static ValidatableResponse when(String token, String job, Predicate<ValidatableResponse> condition) {
        for (int i = 0; i < 1_200; i++) {
            ValidatableResponse state = state(token, job);
            if (condition.test(state)) {
                return state;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        assertTrue(condition.test(state(token, job)), "in time");
        return state(token, job);
    }
}
