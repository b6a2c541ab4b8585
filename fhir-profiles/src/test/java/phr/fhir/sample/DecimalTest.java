package phr.fhir.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 20260401, 777})
    void aDecimalIsTheNumberOfThePlatformAndIsWrittenAsItWasRead(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            int scale = random.nextInt(18);
            BigDecimal number = new BigDecimal(new BigInteger(random.nextInt(57), random), scale);
            boolean negative = random.nextBoolean() && number.signum() != 0;
            String text = (negative ? number.negate() : number).toPlainString();
            if (text.chars().filter(c -> c >= '0' && c <= '9').count() > 18) {
                continue;
            }

            Decimal decimal = Decimal.parse(text);

            String message = "seed " + seed + ": " + text;
            assertNotNull(decimal, message);
            assertEquals(text, decimal.toString(), message);
            assertEquals(
                    0,
                    BigDecimal.valueOf(decimal.unscaled(), decimal.scale()).compareTo(new BigDecimal(text)),
                    message);
            boolean exact = Math.abs(decimal.unscaled()) < 1L << 53;
            assertEquals(Double.parseDouble(text), decimal.value(), exact ? 0 : Math.ulp(decimal.value()) * 2, message);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "0.0",
                "0.00",
                "-0.5",
                "1.50",
                "100",
                "999999999999999999",
                "-999999999999999999",
                "0.12345678901234567"
            })
    void numbersOfMeasurementsAreRead(String text) {
        assertEquals(text, String.valueOf(Decimal.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "-0",
                "-0.0",
                "007",
                "01.5",
                ".5",
                "5.",
                "1..2",
                "1.2.3",
                "+1",
                "1e5",
                "1E-3",
                " 1",
                "1 ",
                "--1",
                "1-",
                "1000000000000000000",
                "0.123456789012345678",
                "NaN",
                "１"
            })
    void whatCannotBeWrittenAgainIsNoDecimal(String text) {
        assertNull(Decimal.parse(text));
    }
}
