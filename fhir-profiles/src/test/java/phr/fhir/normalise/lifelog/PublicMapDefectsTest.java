package phr.fhir.normalise.lifelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.support.LookupCodeRequest;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.Fhir;
import phr.fhir.text.TsvTable;

/** Each defect that public maps were found to have (lifelog.md §7) is looked for in ours. */
class PublicMapDefectsTest {

    private static final CommonCodeSystemsTerminologyService CODES =
            new CommonCodeSystemsTerminologyService(Fhir.context());

    static Stream<String> targets() {
        return TsvTable.load(Metric.class, "units.tsv").rows().stream()
                .map(cells -> cells[0])
                .distinct();
    }

    static Stream<Metric> metrics() {
        return Metric.all().stream();
    }

    @Test
    void diastolicPressureIsNotCodedAsHeartRate() {
        assertEquals(List.of("8480-6"), Metric.of("systolic").loinc());
        assertEquals(List.of("8462-4"), Metric.of("diastolic").loinc());
        assertEquals(List.of("8867-4"), Metric.of("heart-rate").loinc());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everyUnitIsValidUcum(String unit) {
        assertTrue(ucum(unit), unit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"degC", "count", "mmHg", "in", "IU", "dB(SPL)", "dB(HL)", "kcal/hr/kg", "hertz", "mg/dl"})
    void noMetricHasAUnitThatIsNoUcum(String unit) {
        assertTrue(metrics().noneMatch(metric -> metric.unit().equals(unit)));
        assertTrue(targets().noneMatch(unit::equals));
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void whatHasAUnitCanBeConvertedIntoIt(Metric metric) {
        assertTrue(metric.unit().isEmpty() || targets().anyMatch(metric.valueUnit()::equals), metric.key());
    }

    @Test
    void exerciseTimeIsInMinutesAndNotInMilliseconds() {
        assertEquals("min", Metric.of("exercise-time").unit());
        assertEquals(new BigDecimal("1.5"), Units.convert(new BigDecimal("90000"), "ms", "min"));
    }

    @Test
    void noCodeStandsForTwoTypes() {
        Map<String, Metric> codes = new HashMap<>();
        for (Metric metric : Metric.all()) {
            if (!metric.pghd().isEmpty()) {
                Metric other = codes.putIfAbsent(metric.pghd(), metric);
                assertTrue(other == null || toldApart(metric, other), metric.key());
            }
        }
        assertNotEquals(
                Metric.of("atrial-fibrillation-burden").pghd(),
                Metric.of("wrist-temperature").pghd());
        assertNotEquals(
                Metric.of("cycling-speed").pghd(),
                Metric.of("cycling-threshold").pghd());
    }

    /** A daily total and its samples, or a kind of glucose measurement: LOINC or the unit says which. */
    private static boolean toldApart(Metric one, Metric other) {
        return !one.unit().equals(other.unit()) || !one.loinc().equals(other.loinc());
    }

    @Test
    void dietaryFibreHasNoLoincPart() {
        assertTrue(Metric.all().stream()
                .flatMap(metric -> metric.loinc().stream())
                .noneMatch(code -> code.startsWith("LP")));
        assertEquals(List.of(), Metric.of("fiber").loinc());
    }

    @Test
    void weightIsInKilogramsAndHeightInCentimetres() {
        assertEquals("kg", Metric.of("weight").unit());
        assertEquals("cm", Metric.of("height").unit());
        assertEquals("cm", Metric.of("waist").unit());
    }

    @Test
    void oxygenSaturationHasTheCodeThatTheBaseProfileFixes() {
        assertEquals(
                Set.of("2708-6", "59408-5"),
                Set.copyOf(Metric.of("oxygen-saturation").loinc()));
    }

    @Test
    void waistHasALoincThatTheGuideLacks() {
        assertEquals(List.of("8280-0"), Metric.of("waist").loinc());
    }

    @Test
    void rmssdIsNotSdnn() {
        Metric rmssd = Metric.of("hrv-rmssd");
        Metric sdnn = Metric.of("hrv-sdnn");
        assertEquals("heartRateVariabilitySDNN", sdnn.pghd());
        assertEquals("", rmssd.pghd());
        assertEquals(rmssd, Metric.of(rmssd.concept()));
        assertEquals(Metric.OWN, rmssd.concept().getCodingFirstRep().getSystem());
        assertEquals(sdnn, Metric.of(sdnn.concept()));
    }

    @Test
    void aTemperatureDifferenceIsNoTemperature() {
        assertNotEquals(
                Metric.of("skin-temperature-delta")
                        .concept()
                        .getCodingFirstRep()
                        .getCode(),
                Metric.of("wrist-temperature").concept().getCodingFirstRep().getCode());
    }

    @ParameterizedTest
    @CsvSource({
        "HKQuantityTypeIdentifierOxygenSaturation, 0.97, %, 97, %",
        "HKQuantityTypeIdentifierOxygenSaturation, 1, %, 100, %",
        "HKQuantityTypeIdentifierBodyFatPercentage, 0.228, %, 22.8, %",
        "HKQuantityTypeIdentifierBodyMassIndex, 22.1, count, 22.1, kg/m2",
        "HKQuantityTypeIdentifierBodyMass, 150, lb, 68.039, kg",
        "HKQuantityTypeIdentifierHeight, 5.5, ft, 167.64, cm",
        "HKQuantityTypeIdentifierBloodGlucose, 5.5, mmol<180.1558800000541>/L, 5.5, mmol/L",
        "HKQuantityTypeIdentifierBloodGlucose, 99, mg/dL, 99, mg/dL",
        "HKQuantityTypeIdentifierActiveEnergyBurned, 41.84, kJ, 10, kcal",
        "HKQuantityTypeIdentifierActiveEnergyBurned, 12.5, Cal, 12.5, kcal",
        "HKQuantityTypeIdentifierDistanceSwimming, 25, yd, 22.9, m",
        "HKQuantityTypeIdentifierEnvironmentalAudioExposure, 63.4, dBASPL, 63.4, dB[SPL]",
        "HKQuantityTypeIdentifierPhysicalEffort, 3.2, kcal/hr·kg, 3.2, kcal/kg/h",
        "HKQuantityTypeIdentifierDietaryWater, 8, fl_oz_us, 236.6, mL"
    })
    void applesUnitsAreReadAsAppleMeansThem(
            String type, BigDecimal written, String unit, String expected, String ucum) {
        SourceTable.Row row = Objects.requireNonNull(apple().row(type));
        assertEquals(ucum, row.metric(unit).unit());
        assertEquals(expected, Objects.requireNonNull(row.value(written, unit)).toPlainString());
    }

    @Test
    void everyTypeOfAVendorMeansAMetricOrIsAGoal() {
        for (SourceTable.Row row : apple().rows()) {
            assertTrue(row.goal() || !row.metric("mg/dL").key().isEmpty(), row.type());
        }
        assertNull(apple().row("HKQuantityTypeIdentifierSomethingNew"));
        assertTrue(Objects.requireNonNull(apple().row("HKDataTypeSleepDurationGoal"))
                .goal());
    }

    private static SourceTable apple() {
        return SourceTable.of(phr.fhir.Fhir.class, "normalise/apple/apple.tsv");
    }

    private static boolean ucum(String unit) {
        var result = CODES.lookupCode(
                new ValidationSupportContext(CODES), new LookupCodeRequest("http://unitsofmeasure.org", unit));
        return Objects.requireNonNull(result).isFound();
    }
}
