package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FHIR R4 search §3.1.1.4.6, .7 and .11. */
class QuantityFilterTest {

    private static boolean found(String sought, String quantity) {
        String json = "{\"resourceType\":\"Observation\",\"valueQuantity\":{" + quantity + "}}";
        return matches(sought, json);
    }

    private static boolean matches(String sought, String json) {
        QuantityFilter filter = QuantityParameter.parse("value-quantity", sought);
        return ObservedValue.of(json.getBytes(StandardCharsets.UTF_8))
                .filter(filter::matches)
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "100, 99.4999, false",
        "100, 99.5, true",
        "100, 100.4999, true",
        "100, 100.5, false",
        "100.00, 99.994, false",
        "100.00, 99.995, true",
        "100.00, 100.005, false",
        "1e2, 94.9, false",
        "1e2, 95, true",
        "1e2, 105, false",
        "5.40e-3, 0.005395, true",
        "5.40e-3, 0.005405, false",
        "-5, -5.5, true",
        "-5, -4.5, false",
        "eq5.4, 5.44, true",
        "ne5.4, 5.44, false",
        "ne5.4, 5.45, true",
        "lt100, 99.999999, true",
        "lt100, 100, false",
        "le100, 100, true",
        "le100, 100.0001, false",
        "gt100, 100, false",
        "gt100, 100.0001, true",
        "ge100, 100.000, true",
        "ge100, 99.9999, false",
        "sa100, 100, false",
        "sa100, 100.01, true",
        "eb100, 100, false",
        "eb100, 99.99, true",
        "ap100, 90, true",
        "ap100, 110, true",
        "ap100, 89.99, false",
        "ap100, 110.01, false",
        "ap-100, -110, true",
        "gt9007199254740993, 9007199254740994, true",
        "gt9007199254740993, 9007199254740993, false"
    })
    void numbers_are_compared_by_prefix_and_digits(String sought, String value, boolean found) {
        assertEquals(found, found(sought, "\"value\":" + value));
    }

    @ParameterizedTest
    @CsvSource({
        "5.4|http://unitsofmeasure.org|mg, true",
        "5.4||mg, true",
        "5.4||ミリグラム, true",
        "5.4|http://unitsofmeasure.org|ミリグラム, false",
        "5.4|http://example.org|mg, false",
        "5.4||g, false",
        "0.0054||g, false",
        "'1||g,5.4||mg', true",
        "5.4, true"
    })
    void units_are_compared_as_they_stand(String sought, boolean found) {
        assertEquals(
                found,
                found(
                        sought,
                        "\"value\":5.4,\"unit\":\"ミリグラム\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"mg\""));
    }

    @ParameterizedTest
    @CsvSource({
        "lt3, true",
        "gt3, true",
        "gt5, false",
        "ge5, false",
        "5, false",
        "ne5, true",
        "eb5, true",
        "eb4, false",
        "sa-100, false",
        "le5, true"
    })
    void less_than_five_is_every_number_below_five(String sought, boolean found) {
        assertEquals(found, found(sought, "\"value\":5,\"comparator\":\"<\""));
    }

    @Test
    void sampled_data_are_found_by_their_bounds() {
        String json =
                "{\"valueSampledData\":{\"origin\":{\"value\":10,\"code\":\"/min\"},\"period\":60000,\"factor\":2,"
                        + "\"dimensions\":1,\"data\":\"30 E 35.5 U 31\"}}";
        assertTrue(matches("gt80||/min", json));
        assertTrue(matches("lt71", json));
        assertTrue(!matches("gt81", json));
        assertTrue(!matches("lt70", json));
        assertTrue(!matches("gt1", "{\"valueSampledData\":{\"data\":\"E E\"}}"), "nothing was measured");
        assertTrue(!matches("gt1", "{\"valueString\":\"5\"}"));
    }
}
