package phr.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

class JsonBodyTest {

    record Order(@Nullable String name, int count, @Nullable List<Line> lines) {}

    record Line(boolean urgent) {}

    @Test
    void a_plain_body_is_read() throws IOException {
        Order order = read("{\"name\":\"花\",\"count\":2,\"lines\":[{\"urgent\":true}]}");
        assertEquals(new Order("花", 2, List.of(new Line(true))), order);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "{\"count\":1,\"secret\":1};/secret",
                "{\"lines\":[{\"urgent\":true},{\"urgent\":true,\"late\":1}]};/lines/1/late",
                "{\"count\":\"2\"};/count",
                "{\"count\":2.5};/count",
                "{\"count\":null};/count",
                "{\"name\":7};/name",
                "{\"name\":[]};/name",
                "{\"lines\":{}};/lines",
                "{\"count\":1,\"山田花子\":1};/…",
            })
    void a_fault_is_located(String json, String pointer) {
        Failure failure = refused(json);
        assertEquals(Category.MALFORMED, failure.category());
        assertEquals(List.of(pointer), failure.issues().get(0).expressions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{} {}",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":NaN}",
                "{\"name\":\"hanako-secret",
            })
    void what_is_no_single_object_is_malformed_and_not_repeated(String json) {
        Failure failure = refused(json);
        assertEquals(Category.MALFORMED, failure.category());
        assertFalse(failure.toString().contains("hanako-secret"));
    }

    @Test
    void a_deep_body_is_refused_before_it_costs_anything() {
        assertEquals(
                Category.MALFORMED, refused("{\"lines\":" + "[".repeat(100_000)).category());
    }

    @Test
    void a_huge_body_is_too_large() {
        assertEquals(
                Category.TOO_LARGE,
                refused("{\"name\":\"" + "x".repeat(2 << 20) + "\"}").category());
    }

    private static Failure refused(String json) {
        return assertThrows(FailureException.class, () -> read(json)).failure();
    }

    private static Order read(String json) throws IOException {
        return JsonBody.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Order.class);
    }
}
