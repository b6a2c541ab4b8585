package phr.fhir.normalise.medication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.MedicationDispense;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.fixtures.People;
import phr.fhir.normalise.DocumentReport;
import phr.fhir.normalise.DocumentReport.Result;

/** Whose notebook it is (checkup-cda.md §5.2). */
class NotebookIdentityTest {

    private static final String DISPENSING = "5,20260310,1\r\n11,ひばり薬局,13,4,9900011,,,,1\r\n51,病院,13,1,9900021,1\r\n"
            + "201,1,薬,1,錠,4,2171022F1010,1\r\n301,1,朝食後,14,日分,1,1,,1\r\n";

    private static byte[] notebook(String patient) {
        return Reading.bytes("JAHISTC08,1\r\n" + patient + "\r\n" + DISPENSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,山田 花子,2,19800510,,,,,,,ﾔﾏﾀﾞ ﾊﾅｺ",
                "1,ヤマダ ハナコ,2,S550510",
                "1,山田　花子,2,19800510",
                "1,改姓前 花子,2,19800510,,,,,,,やまだはなこ",
                "1,山田 花子,9,19800510"
            })
    void waysToWriteTheSamePersonAreHers(String patient) {
        assertFalse(Reading.of(notebook(patient)).report().held());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,山田 花子,2,19800511,,,,,,,ヤマダ ハナコ",
                "1,山田 花子,1,19800510,,,,,,,ヤマダ ハナコ",
                "1,山田 花子,2,19800510,,,,,,,ヤマダ ハルコ",
                "1,山田 春子,2,19800510",
                "1,山田 花子,2,",
                "1,山田 花子,2,19801310",
                "4,患者の行がない手帳,20260310,1"
            })
    void whatContradictsTheAccountIsHeldAndNothingComesOut(String patient) {
        Reading reading = Reading.of(notebook(patient));

        assertTrue(reading.report().held());
        assertEquals(List.of(), reading.documents());
        assertEquals(List.of(), reading.originals());
        assertEquals(Result.HELD, reading.row().result());
        assertTrue(reading.report().contradictions().get(0).expressions().get(0).startsWith("line "));
    }

    @Test
    void aSecondPatientInOneNotebookContradictsToo() {
        byte[] file = Reading.bytes("JAHISTC08,1\r\n" + Reading.PATIENT + "\r\n1,山田 太郎,1,19781103\r\n" + DISPENSING);

        assertTrue(Reading.of(file).report().held());
    }

    @Test
    void aConfirmedNotebookIsStoredWithThePersonAsAttester() {
        Reading reading =
                Reading.of(notebook("1,山田 太郎,1,19781103"), People.HANAKO.account(Reading.PERSON), true, "app", false);

        assertEquals(1, reading.all(MedicationDispense.class).size());
        assertTrue(reading.all(Provenance.class).stream().allMatch(provenance -> provenance.getAgent().stream()
                .anyMatch(agent -> agent.getType().getCodingFirstRep().getCode().equals("attester"))));
    }

    @Test
    void ofAFamilysNotebooksOnlyHersIsKept() throws IOException {
        byte[] hers = notebook(Reading.PATIENT);
        byte[] his = notebook("1,山田 太郎,1,19781103,,,,,,,ヤマダ タロウ");
        byte[] both = new byte[hers.length + his.length];
        System.arraycopy(his, 0, both, 0, his.length);
        System.arraycopy(hers, 0, both, his.length, hers.length);

        Reading reading = Reading.of(both);

        assertEquals(
                List.of(Result.MAPPED, Result.OTHER_PERSON),
                reading.report().documents().stream()
                        .map(DocumentReport::result)
                        .collect(Collectors.toList()));
        try (InputStream in = reading.originals().get(0).content().open()) {
            assertEquals(
                    new String(hers, phr.fhir.text.Charsets.WINDOWS_31J),
                    new String(in.readAllBytes(), phr.fhir.text.Charsets.WINDOWS_31J));
        }
        assertEquals(Reading.of(hers).record(), reading.record());
        assertFalse(reading.documents().toString().contains("タロウ"));
    }
}
