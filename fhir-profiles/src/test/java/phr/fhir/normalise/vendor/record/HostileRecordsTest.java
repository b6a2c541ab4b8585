package phr.fhir.normalise.vendor.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import phr.fhir.normalise.GoldenCases.Answer;

/** Files that want to do harm, or are only very wrong. */
class HostileRecordsTest {

    private static final String RECORD = "<Record><Date>20250610</Date><Vaccine>BCG</Vaccine><Lot>A1</Lot></Record>\n";

    @Test
    void aDocumentTypeIsNeverFollowed() throws IOException {
        Answer answer = answer(
                "<!DOCTYPE VaccinationRecords [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n"
                        + "<VaccinationRecords><Record><Date>20250610</Date><Vaccine>&x;</Vaccine></Record></VaccinationRecords>");
        assertEquals(0, immunizations(answer));
        assertEquals(1, answer.originals().size());
    }

    @Test
    void elementsThatNestTooDeepEndTheReading() throws IOException {
        Answer answer = answer(records("<Record>" + "<a>".repeat(200) + "</a>".repeat(200) + "</Record>"));
        assertEquals(1, immunizations(answer));
        assertEndedAt("line 3", answer);
    }

    @Test
    void aRowWithMoreElementsThanARowHasEndsTheReading() throws IOException {
        Answer answer = answer(records("<Record>" + "<a/>".repeat(25_000) + "</Record>"));
        assertEquals(1, immunizations(answer));
        assertEndedAt("/VaccinationRecords/Record[2]", answer);
    }

    @Test
    void bytesThatAreIllegalInTheEncodingEndTheReading() throws IOException {
        byte[] file = records(
                        RECORD.repeat(2000) + "<Record><Date>20250611</Date><Vaccine>\u0081\u00ff</Vaccine></Record>")
                .getBytes(ISO_8859_1);
        Answer answer = OperatorTables.answer(file, null, true);
        assertTrue(answer.files().getOrDefault("expected.issues", List.of()).stream()
                .anyMatch(line -> line.contains("VND-2")));
        assertEquals(1, answer.originals().size());
    }

    @Test
    void anEncodingThatDoesNotExistLeavesTheFileAsItIs() throws IOException {
        Answer answer = answer("<?xml version=\"1.0\" encoding=\"no-such\"?>\n" + records(""));
        assertEquals(0, immunizations(answer));
        assertEquals(1, answer.originals().size());
    }

    @Test
    void numbersBeyondMeasureAreNoCounts() throws IOException {
        Answer answer = answer(records("<Record><Date>20250612</Date><Vaccine>MR</Vaccine><Dose>1e50</Dose></Record>"
                + "<Record><Date>20250613</Date><Vaccine>MR</Vaccine><Dose>" + "9".repeat(500) + "</Dose></Record>"));
        assertEquals(3, immunizations(answer));
        assertFalse(String.join("", answer.resources()).contains("doseNumberPositiveInt"));
    }

    private static String records(String more) {
        return "<VaccinationRecords>\n" + RECORD + more + "</VaccinationRecords>";
    }

    private static Answer answer(String file) throws IOException {
        return OperatorTables.answer(file.getBytes(UTF_8), null, true);
    }

    private static void assertEndedAt(String place, Answer answer) {
        List<String> issues = answer.files().getOrDefault("expected.issues", List.of());
        assertTrue(issues.stream().anyMatch(line -> line.contains("VND-2") && line.contains(place)), issues.toString());
    }

    private static long immunizations(Answer answer) {
        return answer.resources().stream()
                .filter(resource -> resource.contains("\"resourceType\":\"Immunization\""))
                .count();
    }
}
