package phr.gateway.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.failure.Category;
import phr.fhir.failure.FailureException;

class PurposesTest {

    @Test
    void purposes_are_separated_by_commas_and_count_once() {
        assertEquals(
                List.of("TREAT", "http://example.org/purposes|FooBar"),
                Purposes.parse(List.of(" TREAT, http://example.org/purposes|FooBar", "TREAT,")));
    }

    @Test
    void no_header_is_no_purpose() {
        assertEquals(List.of(), Purposes.parse(List.of()));
        assertEquals(List.of(), Purposes.parse(List.of("", " , ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TREAT OR 1", "治療", "TREAT\u0000", "a,b,c,d,e,f,g,h,i"})
    void anything_else_is_refused_without_being_repeated(String header) {
        FailureException refused = assertThrows(FailureException.class, () -> Purposes.parse(List.of(header)));
        assertEquals(Category.MALFORMED, refused.failure().category());
        assertFalse(refused.failure().toString().contains(header));
    }
}
