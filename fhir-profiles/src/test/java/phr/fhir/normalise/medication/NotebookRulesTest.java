package phr.fhir.normalise.medication;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationDispense;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.normalise.DocumentReport.Result;
import phr.fhir.normalise.Original;

/** TC-T1 to TC-T14 and the rules behind them (medication-notebook.md). */
class NotebookRulesTest {

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

    @Test
    void aCompleteDispensingHasNoFinding() {
        Reading reading = read(DISPENSING);

        assertEquals(List.of(), reading.found());
        MedicationDispense dispense = reading.only(MedicationDispense.class);
        assertEquals("2026-03-10", dispense.getWhenHandedOverElement().getValueAsString());
        assertEquals("Patient/" + Reading.PERSON, dispense.getSubject().getReference());
        assertEquals(
                Set.of("1349900011", "1319900021"),
                reading.all(Organization.class).stream()
                        .map(organization ->
                                organization.getIdentifierFirstRep().getValue())
                        .collect(Collectors.toSet()));
    }

    @Test
    void aMissingDrugCodeIsFoundOnItsLineAndTheDispensingLacksItsInstitutions() {
        Reading reading = Reading.of("JAHISTC01,1", DAY, "201,1,アムロジピン錠,1,錠,2,,1", "301,1,毎食後服用,3,日分,1,1,,1");

        assertEquals(List.of("S-8 line 4", "S-6 line 3", "S-6 line 3"), reading.found());
        assertEquals(
                "アムロジピン錠",
                reading.only(MedicationDispense.class)
                        .getMedicationCodeableConcept()
                        .getText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAHISTC01", "JAHISTC02", "JAHISTC03", "JAHISTC04", "JAHISTC05", "JAHISTC06", "JAHISTC07"})
    void earlierVersionsAreReadWithoutAWarning(String version) {
        assertEquals(List.of(), Reading.of(version + ",1", DISPENSING).found());
    }

    @Test
    void fieldsThatAVersionDoesNotHaveYetAreReadAndTold() {
        Reading reading =
                Reading.of("JAHISTC07,1", DAY, PHARMACY, HOSPITAL, DRUG + ",【般】アムロジピン錠,2,2171022F1ZZZ", USAGE);

        assertEquals(List.of("TC-R5 line 6"), reading.found());
        assertEquals(
                "2171022F1ZZZ",
                reading.only(MedicationDispense.class)
                        .getMedicationCodeableConcept()
                        .getCoding()
                        .get(1)
                        .getCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAHISTC99,1", "JAHISTC00,1", "JAHISTC,1", "JAHISTC9A,1"})
    void anUnknownVersionIsReadAsFarAsUnderstood(String header) {
        Reading reading = Reading.of(header, DISPENSING);

        assertEquals(List.of("TC-R5 line 1"), reading.found());
        assertEquals(1, reading.all(MedicationDispense.class).size());
    }

    @ParameterizedTest
    @CsvSource({"LF, 0", "CR, 0", "NONE, 0", "EOF, 0", "EOF_LINE, 0"})
    void lineEndsAndEndMarksDoNotMatter(String kind, int findings) {
        String text = new String(Reading.file("JAHISTC08,1", DISPENSING), phr.fhir.text.Charsets.WINDOWS_31J);
        String written =
                switch (kind) {
                    case "LF" -> text.replace("\r\n", "\n");
                    case "CR" -> text.replace("\r\n", "\r");
                    case "NONE" -> text.stripTrailing();
                    case "EOF" -> text.stripTrailing() + "\u001A";
                    default -> text + "\u001A\r\n\r\n";
                };

        Reading reading = Reading.of(Reading.bytes(written));

        assertEquals(findings, reading.found().size());
        assertEquals(Reading.of("JAHISTC08,1", DISPENSING).record(), reading.record());
    }

    @Test
    void datesByEraAreTheDaysTheyMean() {
        byte[] file = Reading.bytes(String.join(
                "\r\n",
                "JAHISTC08,1",
                Reading.PATIENT.replace("19800510", "S550510"),
                "5,R060401,1",
                PHARMACY,
                HOSPITAL,
                DRUG,
                USAGE));

        MedicationDispense dispense = Reading.of(file).only(MedicationDispense.class);

        assertEquals("2024-04-01", dispense.getWhenHandedOverElement().getValueAsString());
    }

    @Test
    void bytesCutInsideACharacterAreJoinedBeforeDecoding() {
        byte[] whole = Reading.file("JAHISTC08,1", DISPENSING);
        for (int cut = 13; cut < whole.length; cut++) {
            byte[] first = Arrays.copyOf(whole, cut);
            byte[] second = Arrays.copyOfRange(whole, cut, whole.length);

            Reading reading = Reading.of(zip("b2.bin", second, "b1.bin", first));

            assertEquals(Reading.of(whole).record(), reading.record(), "cut at " + cut);
        }
    }

    @Test
    void partsAreAssembledByTheirNumberWhereverTheyAreCutAndRefusedWhenOneIsMissing() {
        byte[] whole = Reading.file("JAHISTC08,1", DISPENSING);
        for (int cut = 14; cut < whole.length; cut += 3) {
            byte[] first = part(1, Arrays.copyOfRange(whole, 13, cut), true);
            byte[] second = part(2, Arrays.copyOfRange(whole, cut, whole.length), true);

            assertEquals(
                    Reading.of(whole).record(),
                    Reading.of(zip("x.txt", second, "y.txt", first)).record(),
                    "cut at " + cut);
            assertEquals(
                    Reading.of(whole).record(),
                    Reading.of(joined(second, first)).record());
            assertRefused(Reading.of(first), "2");
            assertRefused(Reading.of(zip("y.txt", second)), "1");
        }
    }

    @Test
    void aPartWhoseControlRecordStandsLastIsJoinedAcrossItsLineEnd() {
        byte[] whole = Reading.file("JAHISTC08,1", DISPENSING);
        int line = new String(whole, StandardCharsets.ISO_8859_1).indexOf("11,");
        for (int cut : new int[] {line, line + 4, line + 5, line + 6, whole.length - 9}) {
            byte[] first = part(1, Arrays.copyOfRange(whole, 13, cut), false);
            byte[] second = part(2, Arrays.copyOfRange(whole, cut, whole.length), false);

            assertEquals(
                    Reading.of(whole).record(),
                    Reading.of(joined(second, first)).record(),
                    "cut at " + cut);
        }
    }

    private static void assertRefused(Reading alone, String missing) {
        assertEquals(Result.ORIGINAL_ONLY, alone.row().result());
        assertEquals(
                Set.of("DocumentReference", "Provenance"),
                alone.documents().stream()
                        .map(document -> document.facts().type())
                        .collect(Collectors.toSet()));
        assertTrue(alone.issues().stream()
                .anyMatch(issue -> issue.rule().equals("S-14") && issue.text().contains("are missing: " + missing)));
        assertEquals(1, alone.originals().size());
    }

    @Test
    void partsThatContradictEachOtherAreNoNotebook() {
        byte[] first = part(1, Reading.bytes(Reading.PATIENT + "\r\n"), true);
        byte[] other = part(1, Reading.bytes(Reading.PATIENT + "\r\n5,20260101,1\r\n"), true);
        byte[] second = part(2, Reading.bytes(DAY + "\r\n"), true);

        assertEquals(
                Result.ORIGINAL_ONLY, Reading.of(joined(first, other)).row().result());
        assertEquals(
                Result.MAPPED, Reading.of(joined(first, first, second)).row().result());
        byte[] damaged = Reading.bytes("JAHISTC08,1\r\n911,2026,2,1\r\n" + Reading.PATIENT + "\r\n");
        assertEquals(Result.ORIGINAL_ONLY, Reading.of(damaged).row().result());
    }

    @Test
    void anIngredientWithoutItsMedicineIsFound() {
        Reading reading = read("3,見本かぜ薬,,,2,1,4900000000017", "31,1,アセトアミノフェン,1,,2", "31,2,カフェイン,1,,2");

        assertEquals(List.of("S-11 line 5"), reading.found());
        MedicationStatement statement = reading.only(MedicationStatement.class);
        Medication medication = (Medication) statement.getContained().get(0);
        assertEquals("4900000000017", medication.getIdentifierFirstRep().getValue());
        assertEquals(1, medication.getIngredient().size());
        assertEquals(Set.of("medication-self"), categories(reading, statement));
    }

    @Test
    void whatThePatientWroteHasThePatientAsAuthor() {
        Reading reading = read("2,1,ペニシリン,2", "2,2,イブプロフェン,1", "2,3,ぜんそく,8", "2,9,透析,9", "4,旅行の覚え書き,20260301,2");

        assertEquals(
                List.of("Patient/" + Reading.PERSON),
                authors(reading, reading.all(AllergyIntolerance.class).get(0)));
        assertEquals(
                List.of("医療関係者"),
                authors(reading, reading.all(AllergyIntolerance.class).get(1)));
        assertEquals(List.of("その他"), authors(reading, reading.only(Condition.class)));
        assertEquals(List.of("不明"), authors(reading, reading.only(Flag.class)));
        Communication memo = reading.only(Communication.class);
        assertEquals(List.of("Patient/" + Reading.PERSON), authors(reading, memo));
        assertEquals("Patient/" + Reading.PERSON, memo.getSender().getReference());
        assertEquals(Set.of("patient-note"), categories(reading, memo));
    }

    @Test
    void aLineOfThePatientNeverBecomesADispensing() {
        Reading reading =
                read(DAY, PHARMACY, HOSPITAL, DRUG.substring(0, DRUG.length() - 1) + "2", "301,1,朝食後服用,14,日分,1,1,,2");

        assertEquals(List.of(), reading.all(MedicationDispense.class));
        MedicationStatement statement = reading.only(MedicationStatement.class);
        assertEquals(
                "Patient/" + Reading.PERSON, statement.getInformationSource().getReference());
        assertEquals(Set.of("medication-self"), categories(reading, statement));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "9", ""})
    void aLineOfNobodyInParticularIsNoDispensingEither(String creator) {
        Reading reading = read(DAY, PHARMACY, HOSPITAL, DRUG.substring(0, DRUG.length() - 1) + creator, USAGE);

        assertEquals(List.of(), reading.all(MedicationDispense.class));
        assertNull(
                reading.only(MedicationStatement.class).getInformationSource().getReference());
    }

    @Test
    void aNoteOfThePatientDoesNotGoWithTheDispensing() {
        Reading reading = read(and("281,1,夜に飲みたい,2", "501,袋を確認,1", "501,私の覚え書き,2", "601,昼に眠い,20260311"));

        MedicationDispense dispense = reading.only(MedicationDispense.class);
        assertEquals(
                List.of("袋を確認"),
                dispense.getNote().stream().map(note -> note.getText()).toList());
        assertFalse(dispense.getDosageInstructionFirstRep().hasPatientInstruction());
        for (Communication note : reading.all(Communication.class)) {
            assertEquals(Set.of("patient-note"), categories(reading, note));
            assertEquals(
                    "MedicationDispense/" + dispense.getIdPart(),
                    note.getAboutFirstRep().getReference());
        }
        assertEquals(3, reading.all(Communication.class).size());
    }

    @Test
    void charactersOfWindows31jAreKeptAndTheOriginalComesBackUnchanged() throws IOException {
        byte[] file = Reading.file("JAHISTC08,1", DAY, "11,㈱髙島①薬局,13,4,9900011,,,,1", HOSPITAL, DRUG, USAGE);

        Reading reading = Reading.of(file);

        assertEquals("㈱髙島①薬局", reading.all(Organization.class).get(0).getName());
        Original original = reading.originals().get(0);
        assertEquals("jahis", original.kind());
        try (InputStream in = original.content().open()) {
            assertArrayEquals(file, in.readAllBytes());
        }
    }

    @Test
    void aFullWidthCommaIsTextAndOneCommaTooManyIsTold() {
        Reading reading = read(and("501,一、二，三,1", "501,多い,1,", "501,分かれた,文,1"));

        assertEquals(List.of("TC-R5 line 9", "TC-R5 line 10", "TC-R4 line 10"), reading.found());
        assertEquals(
                List.of("一、二，三", "多い"),
                reading.only(MedicationDispense.class).getNote().stream()
                        .map(note -> note.getText())
                        .toList());
        assertEquals(1, reading.row().notMapped());
    }

    @Test
    void eachPrescriberHasItsOwnNumbers() {
        Reading reading = read(
                DAY,
                PHARMACY,
                HOSPITAL,
                "55,医師 太郎,内科,1",
                DRUG,
                USAGE,
                "55,医師 次郎,外科,1",
                DRUG,
                USAGE,
                HOSPITAL,
                DRUG,
                USAGE);

        assertEquals(3, reading.all(MedicationDispense.class).size());
        assertEquals(List.of(), reading.found());
    }

    @Test
    void whatSaysNothingIsNoAllergy() {
        Reading reading = read("2,1,なし,1", "2,2,特になし。,2", "2,1,卵,1");

        assertEquals(1, reading.all(AllergyIntolerance.class).size());
        assertEquals(List.of("TC-7 line 3", "TC-7 line 4"), reading.found());
    }

    private static Set<String> categories(Reading reading, Resource resource) {
        return reading.document(resource).facts().categories().values();
    }

    private static List<String> authors(Reading reading, Resource resource) {
        String reference = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
        return reading.all(Provenance.class).stream()
                .filter(provenance ->
                        provenance.getTarget().stream().anyMatch(target -> reference.equals(target.getReference())))
                .flatMap(provenance -> provenance.getAgent().stream())
                .filter(agent -> agent.getType().getCodingFirstRep().getCode().equals("author"))
                .map(agent -> agent.getWho().hasReference()
                        ? agent.getWho().getReference()
                        : agent.getWho().getDisplay())
                .toList();
    }

    private static byte[] part(int number, byte[] body, boolean controlFirst) {
        String control = "911,20260310120000,2," + number + "\r\n";
        byte[] header = Reading.bytes("JAHISTC08,1\r\n");
        byte[] end = body.length > 0 && body[body.length - 1] == '\n' ? new byte[0] : Reading.bytes("\r\n");
        return controlFirst
                ? joined(header, Reading.bytes(control), body)
                : joined(header, body, end, Reading.bytes(control));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] zip(Object... namesAndBytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndBytes.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
                zip.write((byte[]) namesAndBytes[i + 1]);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
