package phr.fhir.echeckup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.People;
import phr.fhir.validate.ReferenceValidator;

/** The rules of checkup-fhir.md §4 to §7, one by one. */
class ECheckupFormTest {

    private static final String HEIGHT = "9N001000000000001";
    private static final String HISTORY = "9N056000000000011";
    private static final String HISTORY_TEXT = "9N056160400000049";
    private static final String ECG = "9A110160700000011";
    private static final String ECG_TEXT = "9A110160800000049";

    private static Checkup small() {
        return Checkup.of(People.HANAKO).on(LocalDate.of(2025, 6, 2)).item(HEIGHT, "162.0");
    }

    private static CheckupBundle document(Checkup checkup) {
        return Recorded.of(checkup).document();
    }

    @Test
    void aDocumentIsValidR4AndLeadsNowhereElse() {
        CheckupBundle document = document(Checkups.hanako2025());
        String json = Recorded.json(document);

        assertEquals(List.of(), ReferenceValidator.errors(json, List.of()));
        Set<String> addresses = new HashSet<>();
        document.entries().forEach(entry -> assertTrue(addresses.add(entry.fullUrl()), "an address twice"));
        List<String> references = new ArrayList<>();
        Recorded.tree(json).findValuesAsText("reference").forEach(references::add);
        assertTrue(references.size() > 100);
        assertTrue(addresses.containsAll(references), "a reference leads out of the document");
        assertFalse(json.contains("\"Patient/") || json.contains("Observation/\""));
    }

    @Test
    void theDocumentIsNamedByFacilityYearAndVisit() {
        Recorded record = Recorded.of(small());
        CheckupBundle document = record.document();
        String visit = record.checkup().id().toString();

        assertEquals(
                "{\"system\":\"http://jpfhir.jp/fhir/clins/bundle-identifier\",\"value\":\"1310000019^2026^" + visit
                        + "\"}",
                document.head().get("identifier").toString());
        JsonNode composition = Recorded.only(document, "Composition");
        assertTrue(composition.at("/identifier/value").asText().matches("1310000019-2026-\\d{8}"));
        assertEquals(
                "2026-04-02T09:00:00.123+09:00",
                document.head().path("timestamp").asText());
        assertEquals("2026-04-02T09:00:00+09:00", composition.path("date").asText());
        assertEquals("Composition", Tree.text(document.entries().get(0).resource(), "resourceType"));
    }

    @Test
    void withoutANumberOfTheFacilityTheDocumentHasAPlainName() {
        CheckupBundle document = document(small().facility("99", "見本健診所"));

        assertEquals(
                "urn:ietf:rfc:3986", document.head().at("/identifier/system").asText());
        assertTrue(Recorded.remarks(document).contains("WARNING ECF-3 Bundle.identifier"));
    }

    @Test
    void aTextStandsInTheCodedItemItDependsOn() {
        CheckupBundle document =
                document(small().item(HISTORY, "1").item(HISTORY_TEXT, "小児喘息").physician("見本 一郎"));

        JsonNode parent = Recorded.result(document, HISTORY);
        assertEquals("小児喘息", parent.at("/component/0/valueString").asText());
        assertEquals(HISTORY_TEXT, parent.at("/component/0/code/coding/0/code").asText());
        assertEquals(
                Recorded.in(document, "Practitioner")
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asText(),
                parent.at("/component/0/extension/0/valueReference/reference")
                        .asText()
                        .replace("urn:uuid:", ""));
        assertTrue(Recorded.in(document, "Observation")
                .noneMatch(result -> Recorded.code(result).equals(HISTORY_TEXT)));
    }

    @Test
    void t40ATextWhoseItemIsMissingOrNotPerformedStandsAlone() {
        Recorded.result(document(small().item(HISTORY_TEXT, "小児喘息")), HISTORY_TEXT);
        Recorded.result(document(small().notPerformed(HISTORY).item(HISTORY_TEXT, "小児喘息")), HISTORY_TEXT);
        Recorded.result(document(small().item(HISTORY, "1").notPerformed(HISTORY_TEXT)), HISTORY_TEXT);
        Recorded.result(
                document(small().item(HISTORY, "1").item(HISTORY, "2").item(HISTORY_TEXT, "小児喘息")), HISTORY_TEXT);
    }

    @Test
    void aTextThatIsGuardedMoreCloselyStandsAlone() {
        Recorded record = Recorded.of(small().item(HISTORY, "1").item(HISTORY_TEXT, "小児喘息"));
        record.all("Observation")
                .filter(result -> Recorded.code(result).equals(HISTORY_TEXT))
                .forEach(result -> result.withObject("/meta")
                        .putArray("security")
                        .add(Tree.coding("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R")));

        JsonNode text = Recorded.result(record.document(), HISTORY_TEXT);

        assertEquals("R", text.at("/meta/security/0/code").asText());
    }

    @Test
    void aGroupHasItsMembersAndNoCategory() {
        CheckupBundle document = document(small().item(ECG, "1").item(ECG_TEXT, "洞性徐脈"));

        JsonNode group = Recorded.result(document, "9A110");
        assertFalse(group.has("category"));
        assertEquals(2, group.path("hasMember").size());
        assertEquals("COMP", group.at("/hasMember/0/extension/0/valueCode").asText());
        assertEquals(
                "洞性徐脈", Recorded.result(document, ECG_TEXT).path("valueString").asText());
        List<String> listed = new ArrayList<>();
        Recorded.only(document, "Composition")
                .path("section")
                .forEach(section -> listed.addAll(section.findValuesAsText("reference")));
        assertTrue(listed.contains("urn:uuid:" + group.path("id").asText()));
        assertFalse(listed.contains(
                "urn:uuid:" + Recorded.result(document, ECG).path("id").asText()));
    }

    @Test
    void aMemberThatMayNotBeSeenIsNotInItsGroup() {
        Recorded whole = Recorded.of(small().item(ECG, "1").item(ECG_TEXT, "洞性徐脈"));

        CheckupBundle document = whole.without(ECG_TEXT).document();
        assertEquals(1, Recorded.result(document, "9A110").path("hasMember").size());
        assertTrue(Recorded.remarks(document).contains("INFORMATION ECF-5 Observation/*.hasMember"));

        CheckupBundle none = whole.without(ECG_TEXT).without(ECG).document();
        assertTrue(Recorded.in(none, "Observation").noneMatch(result -> result.has("hasMember")));
        assertTrue(Recorded.remarks(none).contains("INFORMATION ECF-4 Observation/*"));
    }

    @Test
    void ofAGroupWithoutPublicCodeTheMembersComeAlone() {
        CheckupBundle document = document(small().item("9N556000000000011", "1")
                .item("9N561000000000011", "1")
                .item("9N566000000000049", "見本"));

        assertTrue(Recorded.in(document, "Observation").noneMatch(result -> result.has("hasMember")));
        assertEquals(
                "見本",
                Recorded.result(document, "9N561000000000011")
                        .at("/component/0/valueString")
                        .asText());
        assertTrue(Recorded.remarks(document).contains("INFORMATION ECF-4 Observation/*"));
    }

    @Test
    void whatTheFormHasNoCodeForIsNamedAndStaysInTheRecord() {
        CheckupBundle document = document(small().item(Checkups.UNKNOWN_ITEM, "見本"));
        assertTrue(Recorded.remarks(document).contains("INFORMATION ECF-1 Observation/*.code"));
        assertFalse(Recorded.json(document).contains("見本の"));
        JsonNode remark = Recorded.only(document, "Composition").at("/extension/1");
        assertEquals(Remarks.EXTENSION, remark.path("url").asText());

        CheckupBundle older = document(Checkups.hanako2019());
        assertTrue(Recorded.in(older, "Observation")
                .noneMatch(result -> Recorded.code(result).equals("9N806000000000011")));
        assertTrue(Recorded.remarks(older).contains("INFORMATION ECF-1 Observation/*.code"));
        assertEquals(
                "urn:oid:1.2.392.200119.6.2003",
                Recorded.result(older, "9N736000000000011")
                        .at("/valueCodeableConcept/coding/0/system")
                        .asText());
    }

    @Test
    void theMemberIdIsHalfWidthWhereItIsDefinedSo() {
        CheckupBundle document = document(small());
        assertEquals(
                "06139999:１２３:４５６７:02",
                Recorded.only(document, "Patient").at("/identifier/0/value").asText());
        JsonNode coverage = Recorded.only(document, "Coverage");
        assertEquals(
                "\"１２３\",\"４５６７\",\"０２\"", coverage.at("/identifier/0/value").asText());
        assertEquals("02", coverage.path("dependent").asText());

        CheckupBundle old = document(Checkup.of(People.SHIGE).item(HEIGHT, "142.0"));
        assertEquals(
                "39131003::０１２３４５６７:",
                Recorded.only(old, "Patient").at("/identifier/0/value").asText());
        assertEquals(List.of(), ReferenceValidator.errors(Recorded.json(old), List.of()));
    }

    @Test
    void withoutInsurerThereIsNoMemberId() {
        Recorded record =
                Recorded.of(small().replacing("<id root=\"1.2.392.200119.6.101\" extension=\"06139999\"/>", ""));

        CheckupBundle document = record.document();

        assertFalse(Recorded.only(document, "Patient").has("identifier"));
        List<String> remarks = Recorded.remarks(document);
        assertTrue(remarks.contains("WARNING ECF-3 Patient.identifier"));
        assertTrue(remarks.contains("WARNING ECF-3 Coverage/*.payor"));
        assertEquals(
                "保険者番号なし",
                Recorded.only(document, "Coverage").at("/payor/0/display").asText());
    }

    @Test
    void whatMayNotBeSeenOfThePersonIsSaidToBeMasked() {
        Recorded record = Recorded.of(small()).without(resource -> Set.of("Coverage", "DocumentReference", "Provenance")
                .contains(Tree.text(resource, "resourceType")));
        ObjectNode patient = record.all("Patient").findFirst().orElseThrow();
        patient.remove("name");
        patient.put("birthDate", "1980");
        patient.withObject("/meta").putArray("security").addObject().put("code", "REDACTED");

        CheckupBundle document = record.document();

        JsonNode shown = Recorded.only(document, "Patient");
        assertEquals("masked", shown.at("/name/0/_text/extension/0/valueCode").asText());
        assertEquals(
                "masked", shown.at("/address/0/_text/extension/0/valueCode").asText());
        assertEquals("REDACTED", shown.at("/meta/security/0/code").asText());
        assertEquals(List.of(), ReferenceValidator.errors(Recorded.json(document), List.of()));
        assertFalse(Recorded.json(document).contains("４５６７"));
    }

    @Test
    void resultsOfBothSidesOfTheLimitCarryOneInterpretation() {
        CheckupBundle document =
                document(small().beyond("3D046000001906202", "20.0", "H").flag("H"));

        JsonNode result = Recorded.result(document, "3D046000001906202");
        assertEquals(1, result.path("interpretation").size());
        assertEquals("HX", result.at("/interpretation/0/coding/0/code").asText());
        assertEquals("20.0", result.at("/valueQuantity/value").decimalValue().toPlainString());
        assertTrue(Recorded.remarks(document).contains("INFORMATION ECF-2 Observation/*.interpretation"));
    }

    @Test
    void aWithdrawnResultIsNotGivenOut() {
        Recorded record = Recorded.of(small().item("9N006000000000001", "55.4"));
        record.all("Observation")
                .filter(result -> Recorded.code(result).equals(HEIGHT))
                .forEach(result -> result.put("status", "entered-in-error"));

        CheckupBundle document = record.document();

        assertEquals(1, Recorded.in(document, "Observation").count());
        assertTrue(Recorded.remarks(document).contains("INFORMATION ECF-1 Observation/*.status"));
    }

    @ParameterizedTest
    @CsvSource({
        "10,010,10,01011,01012",
        "41,030,41,01031,01032",
        "40,040,99,01041,01042",
        "70,070,70,01071,01072",
        "80,080,80,01081,01082",
        "42,060,42,01910,01920",
        "99,990,99,01910,01920",
        "10,020,10,01021,01022"
    })
    void theProgramTellsTheSections(String report, String program, String category, String tests, String questions) {
        CheckupBundle document =
                document(small().category(report).program(program).item("9N736000000000011", "3"));

        JsonNode composition = Recorded.only(document, "Composition");
        assertEquals(category, composition.at("/category/0/coding/0/code").asText());
        assertEquals(program, composition.at("/event/0/code/0/coding/0/code").asText());
        List<String> sections = new ArrayList<>();
        composition.path("section").forEach(section -> sections.add(Recorded.code(section)));
        assertEquals(List.of(tests, questions), sections);
    }

    @Test
    void aReaderWhoMayNotSeeTheOriginalIsToldThatTheProgramNamesTheReport() {
        Recorded record = Recorded.of(small().category("60"))
                .without(resource -> Tree.text(resource, "resourceType").equals("DocumentReference"));

        CheckupBundle document = record.document();

        assertEquals(
                "10",
                Recorded.only(document, "Composition")
                        .at("/category/0/coding/0/code")
                        .asText());
        assertTrue(Recorded.remarks(document).contains("INFORMATION ECF-6 Composition.category"));
    }

    @Test
    void aCheckupThatCameAsFhirGoesOutAgainAsWhatItWas() throws IOException {
        byte[] file;
        try (InputStream in = Objects.requireNonNull(
                ECheckupFormTest.class.getResourceAsStream("/golden/clinical/echeckup-specific/in.json"))) {
            file = in.readAllBytes();
        }

        CheckupBundle document = Recorded.ofFhir(file, People.HANAKO.withBirthDate(LocalDate.of(1980, 4, 1)))
                .document();

        assertEquals(List.of(), ReferenceValidator.errors(Recorded.json(document), List.of()));
        Set<String> received = new TreeSet<>();
        for (JsonNode entry :
                Recorded.tree(new String(file, StandardCharsets.UTF_8)).path("entry")) {
            if (Tree.text(entry.path("resource"), "resourceType").equals("Observation")) {
                received.add(Recorded.code(entry.path("resource")));
            }
        }
        Set<String> given = new TreeSet<>();
        Recorded.in(document, "Observation").forEach(result -> given.add(Recorded.code(result)));
        assertEquals(received, given);
        assertEquals(
                "06139999:試:２１:01",
                Recorded.only(document, "Patient").at("/identifier/0/value").asText());
        assertEquals(2, Recorded.in(document, "Coverage").count());
        assertTrue(Recorded.in(document, "Coverage").anyMatch(coverage -> coverage.at("/type/coding/0/system")
                .asText()
                .equals("http://jpfhir.jp/fhir/core/mhlw/CodeSystem/InsuranceMajorCategory")));
        assertEquals(
                "10",
                Recorded.only(document, "Composition")
                        .at("/category/0/coding/0/code")
                        .asText());
    }

    @Test
    void aPlainDocumentHoldsEverythingAsItIsStored() {
        Recorded record = Recorded.of(Checkups.hanako2025());
        CheckupBundle document = PlainForm.of(record.checkup(), Recorded.NOW, "https://phr-a.example/fhir");

        assertEquals(List.of(), ReferenceValidator.errors(Recorded.json(document), List.of()));
        List<ObjectNode> given =
                document.entries().stream().map(CheckupBundle.Entry::resource).toList();
        assertTrue(given.containsAll(
                record.without(resource -> Tree.text(resource, "resourceType").equals("Provenance"))
                        .resources()));
        assertEquals(record.resources().size(), given.size(), "the Composition in the place of the Provenance");
        assertEquals(List.of(), document.issues());
    }
}
