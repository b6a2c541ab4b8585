package phr.fhir.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MyNumberTest {

    /** Synthetic: eleven ascending digits and their check digit. */
    private static final String NUMBER = "123456789018";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789018",
                "1234 5678 9018",
                "1234-5678-9018",
                "1234－5678－9018",
                "１２３４５６７８９０１８",
                "番号は１２３４　５６７８　９０１８です",
                "個人番号:123456789018。",
                "123456789018."
            })
    void isFoundInFreeText(String text) {
        assertTrue(MyNumber.in(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012",
                "12345678901",
                "1123456789018",
                "1234567890181",
                "6ba7b811-9dad-11d1-80b4-123456789018",
                "urn:uuid:6ba7b811-9dad-11d1-80b4-123456789018",
                "a123456789018",
                "0.123456789018",
                "1.2.392.123456789018.1",
                "9999-1234-5678-9018",
                "1234-5678 9018",
                "sha256-ab123456789018cd",
                ""
            })
    void isNotSeenInOtherNumbers(String text) {
        assertFalse(MyNumber.in(text));
    }

    @Test
    void exactlyOneCheckDigitFitsElevenDigits() {
        long fitting = java.util.stream.IntStream.range(0, 10)
                .filter(digit -> MyNumber.valid(NUMBER.substring(0, 11) + digit))
                .count();
        assertEquals(1, fitting);
    }
}
