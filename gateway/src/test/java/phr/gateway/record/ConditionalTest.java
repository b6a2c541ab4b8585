package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionalTest {

    @Test
    void entity_tags_compare_weakly_and_in_lists() {
        assertTrue(Conditional.has(List.of("W/\"3\""), Conditional.tag(3)));
        assertTrue(Conditional.has(List.of("\"1\", \"3\""), Conditional.tag(3)));
        assertTrue(Conditional.has(List.of("*"), Conditional.tag(3)));
        assertFalse(Conditional.has(List.of("W/\"33\""), Conditional.tag(3)));
        assertFalse(Conditional.has(List.of(), Conditional.tag(3)));
    }

    @Test
    void last_modified_is_an_http_date() {
        assertEquals("Mon, 01 Apr 2024 00:00:05 GMT", Conditional.date(Instant.parse("2024-04-01T00:00:05.9Z")));
    }
}
