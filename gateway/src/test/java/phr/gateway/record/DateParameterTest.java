package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.facts.DataTime;

class DateParameterTest {

    @ParameterizedTest
    @CsvSource({
        "2024, 2023-12-31T15:00:00Z, 2024-12-31T15:00:00Z",
        "2024-02, 2024-01-31T15:00:00Z, 2024-02-29T15:00:00Z",
        "2024-02-29, 2024-02-28T15:00:00Z, 2024-02-29T15:00:00Z",
        "2024-02-29T10:30, 2024-02-29T01:30:00Z, 2024-02-29T01:31:00Z",
        "2024-02-29T10:30Z, 2024-02-29T10:30:00Z, 2024-02-29T10:31:00Z",
        "2024-02-29T10:30:05-05:00, 2024-02-29T15:30:05Z, 2024-02-29T15:30:06Z",
        "2024-02-29T10:30:05 09:00, 2024-02-29T01:30:05Z, 2024-02-29T01:30:06Z",
        "2024-02-29T10:30:05.250Z, 2024-02-29T10:30:05.250Z, 2024-02-29T10:30:05.251Z"
    })
    void a_value_stands_for_the_interval_of_its_precision_in_japan_unless_it_says_where(
            String value, Instant from, Instant to) {
        assertEquals(
                new Query.DateFilter(Query.Comparison.EQ, DataTime.between(from, to)),
                DateParameter.parse("date", value));
    }

    @Test
    void prefixes_are_those_of_the_specification_but_approximately() {
        for (Query.Comparison comparison : Query.Comparison.values()) {
            String prefix = comparison.name().toLowerCase(java.util.Locale.ROOT);
            assertEquals(
                    comparison,
                    DateParameter.parse("date", prefix + "2024-01-01").comparison());
        }
    }
}
