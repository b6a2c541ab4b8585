package phr.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.consent.directive.Window;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** Windows of permits contain, windows of denies overlap, asked of one resource and as predicates (consent-semantics.md §5.1). */
class EvaluationTest {

    private static @Nullable Instant second(@Nullable Integer second) {
        return second == null ? null : Instant.ofEpochSecond(second);
    }

    @ParameterizedTest(name = "window {0} to {1}, data {2} to {3}")
    @CsvSource({
        "10, 20, 10, 20, true, true",
        "10, 20, 9, 20, false, true",
        "10, 20, 10, 21, false, true",
        "10, 20, 5, 10, false, false",
        "10, 20, 20, 25, false, false",
        "10, 20, 5, 11, false, true",
        "10, 20, 19, 25, false, true",
        "10, 20, , 11, false, true",
        "10, 20, , 10, false, false",
        "10, 20, 19, , false, true",
        "10, 20, 20, , false, false",
        "10, 20, , , false, true",
        "10, , 10, , true, true",
        "10, , 10, 99, true, true",
        "10, , 5, 10, false, false",
        "10, , , 10, false, false",
        ", 20, , 20, true, true",
        ", 20, 1, 20, true, true",
        ", 20, 20, 21, false, false",
        ", 20, 20, , false, false",
        ", 20, 19, , false, true"
    })
    void aPermitContainsAndADenyOverlaps(
            @Nullable Integer from,
            @Nullable Integer until,
            @Nullable Integer begins,
            @Nullable Integer ends,
            boolean contained,
            boolean touched) {
        Window window = new Window(second(from), second(until));
        DataTime time = DataTime.between(second(begins), second(ends));
        assertEquals(contained, window.covers(time));
        assertEquals(touched, window.touches(time));
        Evaluation evaluation = new Evaluation(Referrers.NONE);
        assertEquals(contained, evaluation.holds(new Predicate.TimeWithin(second(from), second(until)), at(time)));
        assertEquals(touched, evaluation.holds(new Predicate.TimeTouches(second(from), second(until)), at(time)));
    }

    private static Facts at(DataTime time) {
        return new Facts(
                "Observation",
                new UUID(1, 1),
                null,
                null,
                null,
                Tokens.ABSENT,
                Tokens.ABSENT,
                Tokens.ABSENT,
                Set.of(),
                Labels.NORMAL,
                time);
    }
}
