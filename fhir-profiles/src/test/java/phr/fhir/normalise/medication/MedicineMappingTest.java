package phr.fhir.normalise.medication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.MedicationDispense;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.facts.Confidentiality;

/** Codes, amounts, usage and sensitivity of a medicine (medication-notebook.md §5, §7). */
class MedicineMappingTest {

    private static final String DAY = "5,20260310,1";
    private static final String PHARMACY = "11,ひばり薬局,13,4,9900011,,,03-0000-1111,1";
    private static final String HOSPITAL = "51,見本第一病院,13,1,9900021,1";
    private static final String DRUG = "201,1,アムロジピン錠２．５ｍｇ「見本」,1,錠,4,2171022F1010,1";
    private static final String USAGE = "301,1,朝食後服用,14,日分,1,1,,1";
    private static final String[] DISPENSING = {DAY, PHARMACY, HOSPITAL, DRUG, USAGE};

    private static Reading read(String... lines) {
        return Reading.of("JAHISTC08,1", lines);
    }

    private static String[] and(String... more) {
        String[] all = Arrays.copyOf(DISPENSING, DISPENSING.length + more.length);
        System.arraycopy(more, 0, all, DISPENSING.length, more.length);
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "4, 2171022F1010, http://capstandard.jp/iyaku.info/CodeSystem/YJ-code",
        "6, 1122334, http://medis.or.jp/CodeSystem/master-HOT7",
        "6, 112233401, http://medis.or.jp/CodeSystem/master-HOT9",
        "6, 1122334010101, http://medis.or.jp/CodeSystem/master-HOT13",
        "2, 612170709, https://phr-gateway.example/fhir/CodeSystem/drug-receipt",
        "3, 2171022F1010, https://phr-gateway.example/fhir/CodeSystem/drug-mhlw",
        "4, ２１７１０２２Ｆ１０１０, http://capstandard.jp/iyaku.info/CodeSystem/YJ-code",
        "5, 2171022F1010, ",
        "6, 12345, "
    })
    void codesStandUnderTheSystemOfTheirType(String type, String code, String system) {
        Coding coding = read(DAY, PHARMACY, HOSPITAL, "201,1,薬,1,錠," + type + "," + code + ",1", USAGE)
                .only(MedicationDispense.class)
                .getMedicationCodeableConcept()
                .getCodingFirstRep();

        assertEquals(system, coding.getSystem());
        assertEquals(java.text.Normalizer.normalize(code, java.text.Normalizer.Form.NFKC), coding.getCode());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 14, DAY, 14",
        "6, 7, DAY, 7",
        "7, 7, DAY, 7",
        "3, 10, DOSE, ",
        "2, 1, TOTAL, ",
        "4, 1, TOTAL, ",
        "5, 1, TOTAL, ",
        "9, 1, TOTAL, ",
        "10, 1, TOTAL, ",
        "8, 3, UNKNOWN, "
    })
    void theFormSaysWhatTheNumbersMean(String form, String count, String amount, String days) {
        MedicationDispense dispense = read(DAY, PHARMACY, HOSPITAL, DRUG, "301,1,用法," + count + ",単位," + form + ",1,,1")
                .only(MedicationDispense.class);
        Dosage dosage = dispense.getDosageInstructionFirstRep();

        assertEquals(
                days,
                dispense.hasDaysSupply() ? dispense.getDaysSupply().getValue().toString() : null);
        assertEquals(amount.equals("TOTAL"), dispense.hasQuantity());
        assertEquals(amount.equals("DAY"), dosage.getDoseAndRateFirstRep().hasRateRatio());
        assertEquals(
                amount.equals("DOSE") || amount.equals("UNKNOWN"),
                dosage.getDoseAndRateFirstRep().hasDoseQuantity());
        assertEquals(amount.equals("DOSE"), dosage.getTiming().getRepeat().getCount() == 10);
        assertEquals(amount.equals("UNKNOWN"), dosage.hasAdditionalInstruction());
    }

    @Test
    void aUsageCodeOfJamiIsTheTiming() {
        CodeableConcept code = read(DAY, PHARMACY, HOSPITAL, DRUG, "301,1,朝食後服用,14,日分,1,2,1011000400000000,1")
                .only(MedicationDispense.class)
                .getDosageInstructionFirstRep()
                .getTiming()
                .getCode();

        assertEquals(
                "http://jami.jp/CodeSystem/MedicationUsage",
                code.getCodingFirstRep().getSystem());
    }

    @Test
    void remainingMedicineIsANoteOfItsKind() {
        var note = read(and("421,残薬３錠,1")).only(MedicationDispense.class).getNoteFirstRep();

        assertEquals("残薬３錠", note.getText());
        assertEquals(
                "421",
                ((CodeableConcept) note.getExtensionFirstRep().getValue())
                        .getCodingFirstRep()
                        .getCode());
    }

    @ParameterizedTest
    @CsvSource({
        "4, 1179025F1010, R, mental-health",
        "3, 1179025F1010, R, mental-health",
        "4, 2171022F1010, N, ",
        "2, 612170709, R, ",
        "6, 112233401, R, "
    })
    void sensitiveMedicinesAreLabelledByTheirCodeAndUnknownOnesStayRestricted(
            String type, String code, Confidentiality level, String category) {
        Reading reading = read(DAY, PHARMACY, HOSPITAL, "201,1,薬,1,錠," + type + "," + code + ",1", USAGE);
        var facts = reading.document(reading.only(MedicationDispense.class)).facts();

        assertEquals(level, facts.labels().confidentiality());
        assertEquals(category != null, facts.categories().values().contains("mental-health"));
        assertEquals(
                level == Confidentiality.N || category != null, facts.labels().labelled());
    }

    @Test
    void theGenericNameTellsHowSensitiveAMedicineWithAnotherCodeIs() {
        Reading reading = read(DAY, PHARMACY, HOSPITAL, "201,1,薬,1,錠,6,112233401,1,【般】エチゾラム錠,2,1179025F1ZZZ", USAGE);

        assertEquals(
                Set.of("medication", "mental-health"), categories(reading, reading.only(MedicationDispense.class)));
    }

    @Test
    void aDepartmentThatTellsMakesThePrescriptionSensitive() {
        Reading reading = read(DAY, PHARMACY, HOSPITAL, "55,医師 太郎,心療内科,1", DRUG, USAGE);

        assertEquals(
                Set.of("medication", "mental-health"), categories(reading, reading.only(MedicationDispense.class)));
    }

    private static Set<String> categories(Reading reading, Resource resource) {
        return reading.document(resource).facts().categories().values();
    }
}
