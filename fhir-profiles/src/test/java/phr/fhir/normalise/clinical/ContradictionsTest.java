package phr.fhir.normalise.clinical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import phr.fhir.normalise.Batches;
import phr.fhir.validate.Document;

/** The contradictions of the published checkup guides (checkup-fhir.md §11), one by one. */
class ContradictionsTest {

    private static final String CONTRADICTIONS = "echeckup-contradictions";

    private final Taken taken = taken(CONTRADICTIONS, "", "");

    @Test
    void c1_theReportCategoryIsReadUnderEverySystem() {
        for (String system : List.of(
                "urn:oid:2.16.840.1.113883.2.2.1.6.1001",
                "urn:oid:1.2.392.200119.6.1001",
                "http://jpfhir.jp/fhir/eCheckup/CodeSystem/checkup-report-category")) {
            Taken read =
                    taken(CONTRADICTIONS, "http://jpfhir.jp/fhir/eCheckup/CodeSystem/checkup-report-category", system);
            assertEquals(
                    List.of("checkup-employer", "encounter"),
                    only(read, "Encounter").facts().categories().values().stream()
                            .sorted()
                            .toList());
        }
    }

    @Test
    void c2_theProgramIsReadUnderBothSystemsAndKeptUnderTheOid() {
        JsonNode type = json(only(taken, "Encounter")).at("/type/0/coding/0");

        assertEquals("urn:oid:1.2.392.200119.6.1002", type.path("system").asText());
        assertEquals("020", type.path("code").asText());
    }

    @Test
    void c3_aResultWithoutTimeIsOfTheDayOfTheCheckup() {
        assertEquals(
                "2025-06-02",
                item("9N006000000000001").path("effectiveDateTime").asText());
        assertTrue(taken.findings().contains("ECH-3 Bundle.entry[7].resource.effective"));
    }

    @Test
    void c4_aReasonWithoutWordsGetsThoseOfItsCode() {
        assertEquals(
                "測定不能", item("9A761000000000001").at("/dataAbsentReason/text").asText());
        assertTrue(taken.findings().contains("ECH-4 Bundle.entry[9].resource.dataAbsentReason"));
    }

    @Test
    void c5_everyResultHasExactlyOneCategory() {
        assertEquals(1, item("9N011000000000001").path("category").size());
    }

    @Test
    void c6_aGroupHasNoCategory() {
        assertFalse(group().has("category"));
    }

    @Test
    void c7_whyAnExaminationWasDoneIsNoPartOfIt() {
        assertEquals(List.of("COMP", "RSON"), group().path("hasMember").findValuesAsText("valueCode"));
        assertEquals("2A020", group().at("/code/coding/0/code").asText());
    }

    @Test
    void c8_c9_theCodesOfMethodsThatDifferAreAccepted() {
        assertEquals(
                "3A01510001",
                item("3A015000000106101").at("/method/coding/0/code").asText());
        assertEquals(
                "3B07030009",
                item("3B070000002399901").at("/method/coding/0/code").asText());
        assertTrue(taken.findings().stream().noneMatch(finding -> finding.contains("method")));
    }

    @Test
    void c10_theNameOfAnItemIsThatOfTheTable() {
        assertEquals(
                "拡張期血圧(1回目)",
                item("9A761000000000001").at("/code/coding/0/display").asText());
    }

    @Test
    void c11_theBranchNumberStaysAsItWasWritten() {
        assertEquals("０１", json(only(taken, "Coverage")).path("dependent").asText());
    }

    @Test
    void c12_anInterpretationIsNeverComputed() {
        JsonNode pressure = item(taken("echeckup-specific", "", ""), "9A751000000000001");

        assertEquals("N", pressure.at("/interpretation/0/coding/0/code").asText());
        assertEquals(149, pressure.at("/valueQuantity/value").asInt());
        assertEquals(130, pressure.at("/referenceRange/0/high/value").asInt());
    }

    @Test
    void c13_aClaimThatSaysItIsACheckupIsKeptAndNoResult() {
        assertTrue(taken.findings().contains("ECH-13 Bundle.entry[16].resource, DocumentReference.content[0]"));
        assertEquals(2, taken.of("DocumentReference").count());
    }

    private JsonNode group() {
        return taken.of("Observation")
                .map(ContradictionsTest::json)
                .filter(result -> result.has("hasMember"))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode item(String code) {
        return item(taken, code);
    }

    private static JsonNode item(Taken from, String code) {
        return from.of("Observation")
                .map(ContradictionsTest::json)
                .filter(result -> result.at("/code/coding/0/code").asText().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static Document only(Taken from, String type) {
        return from.of(type).findFirst().orElseThrow();
    }

    private static JsonNode json(Document document) {
        return Bundles.object(Taken.json(document));
    }

    private static Taken taken(String folder, String text, String replacement) {
        String name = "/golden/clinical/" + folder + "/in.json";
        try (InputStream in = ContradictionsTest.class.getResourceAsStream(name)) {
            String file = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            String changed = text.isEmpty() ? file : file.replace(text, replacement);
            return Taken.from(Batches.intake(changed.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
