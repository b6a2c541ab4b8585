package phr.gateway.record.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import phr.gateway.record.choice.Contest.Span;

/** What is counted once: steps, distance, energy, floors; a night; nothing else. */
class ContestTest {

    private static final String LOINC = "http://loinc.org|";
    private static final String PGHD = "http://hl7.org/fhir/uv/phr/CodeSystem/observation-pghd-codes|";

    private static Optional<Contest> of(String code, String unit) {
        return Contest.of(List.of(code), unit);
    }

    @Test
    void what_adds_up_over_a_day_is_counted_once() {
        for (String code : List.of(LOINC + "55423-8", PGHD + "stepCount")) {
            assertEquals(Optional.of(new Contest("steps", Span.SAMPLE)), of(code, "{steps}"));
            assertEquals(Optional.of(new Contest("steps", Span.DAY)), of(code, "{steps}/d"));
        }
        assertEquals(Optional.of(new Contest("steps", Span.DAY)), of(LOINC + "41950-7", "{steps}"));
        assertEquals(Optional.of(new Contest("floors", Span.SAMPLE)), of(PGHD + "flightsClimbed", "{flights}"));
        assertEquals(Optional.of(new Contest("distance", Span.SAMPLE)), of(PGHD + "distance", "m"));
        assertEquals(Optional.of(new Contest("total-energy", Span.DAY)), of(LOINC + "41979-6", "kcal/d"));
        assertEquals(Optional.of(new Contest("sleep-duration", Span.NIGHT)), of(LOINC + "93832-4", "min"));
    }

    @Test
    void of_everything_else_all_sources_count() {
        for (String code : List.of(
                LOINC + "8867-4",
                LOINC + "29463-7",
                LOINC + "9052-2",
                PGHD + "walkingStepLength",
                PGHD + "speed",
                "x|y")) {
            assertEquals(Optional.empty(), of(code, "1"), code);
        }
        assertFalse(Contest.among(List.of(LOINC + "8867-4", "85354-9")));
        assertTrue(Contest.among(List.of("stepCount")));
        assertTrue(Contest.among(List.of(LOINC + "8867-4", LOINC + "93831-6")));
    }
}
