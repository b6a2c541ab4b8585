package phr.fhir.normalise.lifelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.Fhir;
import phr.fhir.text.TsvTable;

/** The mapping tables against the defects that public maps were found to have (lifelog.md §7). */
class TablesTest {

    static Stream<Metric> metrics() {
        return Metric.all().stream();
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void everyLoincHasItsCheckDigit(Metric metric) {
        for (String loinc : metric.loinc()) {
            assertTrue(loinc.matches("\\d{1,7}-\\d"), metric.key());
            assertEquals(
                    checkDigit(loinc.substring(0, loinc.length() - 2)), loinc.charAt(loinc.length() - 1) - '0', loinc);
        }
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void everyUnitIsValidUcum(Metric metric) {
        if (!metric.unit().isEmpty()) {
            var service = new CommonCodeSystemsTerminologyService(Fhir.context());
            var context = new ValidationSupportContext(service);
            var result = service.lookupCode(
                    context,
                    new ca.uhn.fhir.context.support.LookupCodeRequest("http://unitsofmeasure.org", metric.unit()));
            assertTrue(Objects.requireNonNull(result).isFound(), metric.key());
        }
    }

    @Test
    void noLoincStandsForTwoMetricsAndNoKeyTwice() {
        Set<String> codes = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (Metric metric : Metric.all()) {
            assertTrue(keys.add(metric.key()), metric.key());
            metric.loinc().forEach(code -> assertTrue(codes.add(code), code));
        }
    }

    @Test
    void theCodesThatOthersConfusedAreRight() {
        assertEquals(List.of("8462-4"), Metric.of("diastolic").loinc());
        assertEquals(List.of("8480-6"), Metric.of("systolic").loinc());
        assertTrue(Metric.of("oxygen-saturation").loinc().contains("2708-6"));
        assertEquals("kg", Metric.of("weight").unit());
        assertEquals("cm", Metric.of("height").unit());
        assertEquals("heartRateVariabilitySDNN", Metric.of("hrv-sdnn").pghd());
        assertTrue(Metric.of("active-energy").loinc().isEmpty(), "41981-2 is total energy");
    }

    @Test
    void everySchemaMeasuresSomethingTheTablesKnow() {
        for (String[] row : TsvTable.load(Metric.class, "schemas.tsv").rows()) {
            if (!row[4].equals("glucose")) {
                assertNotNull(Metric.of(row[4]));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "5.5, mmol/L, mg/dL, 99.09",
        "99, mg/dL, mmol/L, 5.5",
        "97.7, F, Cel, 36.5",
        "309.65, K, Cel, 36.5",
        "150, lb, kg, 68.039",
        "10, st, kg, 63.503",
        "70000, g, kg, 70",
        "67.5, in, cm, 171.45",
        "1.8, km, m, 1800",
        "1, mi, m, 1609.3",
        "100, kJ, kcal, 23.9",
        "16.0, kPa, mm[Hg], 120",
        "90, sec, min, 1.5",
        "162.0, cm, cm, 162.0",
        "67.50, beats/min, /min, 67.50"
    })
    void unitsBecomeUcum(BigDecimal value, String unit, String ucum, String expected) {
        BigDecimal converted = Objects.requireNonNull(Units.convert(value, unit, ucum));
        assertEquals(expected, converted.toPlainString());
    }

    @ParameterizedTest
    @CsvSource({"kg, cm", "mmHg, kg", "steps, kcal", "'', kg", "KG, kg"})
    void anUnknownUnitIsNotGuessed(String unit, String ucum) {
        assertEquals(null, Units.convert(BigDecimal.TEN, unit, ucum));
    }

    /** LOINC uses Luhn's algorithm. */
    private static int checkDigit(String number) {
        int sum = 0;
        boolean twice = true;
        for (int i = number.length() - 1; i >= 0; i--) {
            int digit = (number.charAt(i) - '0') * (twice ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
            twice = !twice;
        }
        return (10 - sum % 10) % 10;
    }
}
