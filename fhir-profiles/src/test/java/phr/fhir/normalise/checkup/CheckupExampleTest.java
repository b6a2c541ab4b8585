package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.Test;
import phr.fhir.Sha256;
import phr.fhir.failure.Issue;
import phr.fhir.fixtures.People;
import phr.fhir.normalise.Content;

/** T-35 and T-06: the worked example of checkup-cda.md §7.1, ids included. */
class CheckupExampleTest {

    private static final Sha256 HASH = Sha256.of("golden".getBytes(StandardCharsets.UTF_8));

    @Test
    void theExampleBecomesExactlyTheseLines() {
        Reading reading = read(resource("in.xml"));

        String lines = reading.all(Observation.class).stream()
                .map(observation -> Reading.json(observation) + "\n")
                .collect(Collectors.joining());

        assertEquals(resource("observations.ndjson"), lines);
    }

    @Test
    void theOtherIdsAreThoseOfTheExample() {
        Reading reading = read(resource("in.xml"));

        assertEquals("dd56de4137951d9c92681b03416ec15f886b4482a27e3a517d32f085244cbe5d", HASH.hex());
        assertEquals(
                "54c18066-5ca3-57e1-9849-1b8adb27d6bc",
                reading.only(DocumentReference.class).getIdPart());
        assertEquals(
                "2f2e4e66-a90d-52f7-93f7-0487977d0413",
                reading.originals().get(0).binary().toString());
        assertEquals(
                "4c79e205-4afb-5959-b329-cd653017888c",
                reading.all(Organization.class).get(0).getIdPart());
        assertEquals(
                "993abdcf-f912-5da7-a160-7d0b7189f87c",
                reading.only(Provenance.class).getIdPart());
    }

    @Test
    void theReportCountsFiveAndRemarksOnTheLabel() {
        Reading reading = read(resource("in.xml"));

        assertEquals(5, reading.row().read());
        assertEquals(5, reading.row().mapped());
        assertEquals(0, reading.row().notMapped());
        List<Issue> issues = reading.report().issues();
        assertEquals(List.of("N-1"), issues.stream().map(Issue::rule).toList());
        assertEquals(Issue.Severity.INFORMATION, issues.get(0).severity());
        assertEquals(
                "/ClinicalDocument/component[1]/structuredBody/component[1]/section/entry[2]/observation/code",
                issues.get(0).expressions().get(0));
    }

    @Test
    void smokingTwoMeansNoInTheOlderList() {
        String older = resource("in.xml").replace("1.2.392.200119.6.24060", "1.2.392.200119.6.2003");
        String expected = resource("observations.ndjson")
                .replace("1.2.392.200119.6.24060", "1.2.392.200119.6.2003")
                .replace("以前は吸っていたが、最近1ヶ月間は吸っていない", "いいえ");

        String lines = read(older).all(Observation.class).stream()
                .map(observation -> Reading.json(observation) + "\n")
                .collect(Collectors.joining());

        assertEquals(expected, lines);
    }

    @Test
    void anUnknownAnswerKeepsListAndCodeWithoutALabel() {
        Reading reading = read(resource("in.xml")
                .replace(
                        "code=\"2\" codeSystem=\"1.2.392.200119.6.24060\"",
                        "code=\"4\" codeSystem=\"1.2.392.200119.6.24060\""));

        Observation smoking = reading.observation("9N736000000000011");

        assertEquals("4", smoking.getValueCodeableConcept().getCodingFirstRep().getCode());
        assertNull(Reading.display(smoking));
        assertTrue(reading.report().issues().stream()
                .anyMatch(issue -> issue.severity() == Issue.Severity.WARNING
                        && issue.rule().equals("CDA-R8")));
    }

    private static Reading read(String xml) {
        Content content = new Content.InMemory(xml.getBytes(StandardCharsets.UTF_8), HASH);
        return Reading.of(content, People.HANAKO.account(Reading.PERSON), false, new CheckupFormat());
    }

    private static String resource(String name) {
        try (InputStream in = CheckupExampleTest.class.getResourceAsStream("/golden/checkup-example/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
