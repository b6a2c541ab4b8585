package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.Test;
import phr.fhir.Sha256;
import phr.fhir.facts.PhrCategory;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.Fault;
import phr.fhir.fixtures.People;

/** Header of a document to supporting resources (checkup-cda.md §5.1). */
class HeaderMappingTest {

    private static final String SUB_NUMBER =
            "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPersonSubNumber";

    @Test
    void theOriginalIsDescribedByItsHash() {
        byte[] xml = Checkups.taro2025().xml();
        Reading reading = Reading.of(xml, People.TARO.account(Reading.PERSON));
        DocumentReference document = reading.only(DocumentReference.class);

        assertEquals(Sha256.of(xml).ni(), document.getMasterIdentifier().getValue());
        assertEquals(xml.length, document.getContentFirstRep().getAttachment().getSize());
        assertEquals(
                "特定健診 2025-06-09", document.getContentFirstRep().getAttachment().getTitle());
        assertEquals(
                "Binary/" + reading.originals().get(0).binary(),
                document.getContentFirstRep().getAttachment().getUrl());
        assertEquals(
                List.of("10", "urn:oid:1.2.392.200119.6.1001#10"),
                document.getType().getCoding().stream().map(c -> c.getCode()).toList());
    }

    @Test
    void theEncounterIsTheDayOfTheCheckupAndNotOfTheDocument() {
        Encounter encounter = Reading.of(Checkups.taro2025()).only(Encounter.class);

        assertEquals("2025-06-09", encounter.getPeriod().getStartElement().getValueAsString());
        assertEquals("2025-06-09", encounter.getPeriod().getEndElement().getValueAsString());
        assertEquals("010", encounter.getTypeFirstRep().getCodingFirstRep().getCode());
    }

    @Test
    void t08AMissingBranchAndAMissingSymbolAreNotInvented() {
        Coverage old = Reading.of(Checkups.hanako2019()).only(Coverage.class);
        Coverage elderly = Reading.of(Checkup.of(People.SHIGE)).only(Coverage.class);

        assertNull(old.getDependent());
        assertNull(old.getExtensionByUrl(SUB_NUMBER));
        assertEquals("\"１２３\",\"４５６７\",\"\"", old.getIdentifierFirstRep().getValue());
        assertEquals("\"\",\"01234567\"", elderly.getSubscriberId());
    }

    @Test
    void t09FullWidthDigitsAreKeptInIdsAndMatchedByWidth() {
        Checkup checkup = Checkup.of(People.HANAKO).writtenBy("１３１０００００１９").facility("1310000019", "さくら健診クリニック");

        Reading reading = Reading.of(checkup);

        assertEquals(
                List.of("1310000019"),
                reading.all(Organization.class).stream()
                        .flatMap(organization -> organization.getIdentifier().stream())
                        .filter(identifier -> identifier.getSystem().endsWith("institution-no"))
                        .map(identifier -> identifier.getValue())
                        .toList());
        assertEquals("\"１２３\",\"４５６７\"", reading.only(Coverage.class).getSubscriberId());
    }

    @Test
    void t10MixedAddressesAreSeparated() {
        Organization facility =
                Reading.of(Checkups.taro2025()).all(Organization.class).get(0);

        assertEquals("東京都千代田区見本町９－９", facility.getAddressFirstRep().getText());
        assertEquals("100-0002", facility.getAddressFirstRep().getPostalCode());
        assertEquals("03-0000-0000", facility.getTelecomFirstRep().getValue());
    }

    @Test
    void oneOrganisationWithTwoRolesOrTwoOrganisations() {
        Reading same = Reading.of(Checkups.taro2025());
        Reading other = Reading.of(Checkups.taro2025().writtenBy("1310000027"));

        assertEquals(2, same.all(Organization.class).get(0).getType().size());
        assertEquals(3, other.all(Organization.class).size());
        Provenance provenance = other.only(Provenance.class);
        assertEquals(
                "Organization/" + other.all(Organization.class).get(1).getIdPart(),
                provenance.getAgent().get(1).getWho().getReference());
    }

    @Test
    void theTicketIsACoverageOfItsOwnWithTheSamePayor() {
        Reading reading = Reading.of(Checkups.hanako2025());
        List<Coverage> coverages = reading.all(Coverage.class);

        assertEquals("25000012345", coverages.get(1).getSubscriberId());
        assertEquals("2026-03-31", coverages.get(1).getPeriod().getEndElement().getValueAsString());
        assertEquals(
                coverages.get(0).getPayorFirstRep().getReference(),
                coverages.get(1).getPayorFirstRep().getReference());
    }

    @Test
    void aTicketOfAnotherInsurerHasItsOwnPayor() {
        Reading reading = Reading.of(Checkups.hanako2025()
                .replacing(
                        "<scopingOrganization><id root=\"1.2.392.200119.6.101\" extension=\"06139999\"/>",
                        "<scopingOrganization><id root=\"1.2.392.200119.6.101\" extension=\"01130012\"/>"));

        assertEquals(3, reading.all(Organization.class).size());
    }

    @Test
    void provenanceNamesEverythingAndItsSource() {
        Reading reading = Reading.of(Checkups.hanako2025().zip());
        Provenance provenance = reading.only(Provenance.class);

        assertEquals(reading.drafts().size() - 2, provenance.getTarget().size());
        assertEquals(2, provenance.getEntity().size());
        assertEquals(
                List.of("assembler", "author", "enterer"),
                provenance.getAgent().stream()
                        .map(agent -> agent.getType().getCodingFirstRep().getCode())
                        .toList());
        assertTrue(provenance
                .getEntityFirstRep()
                .getWhat()
                .getIdentifier()
                .getValue()
                .startsWith("ni:///sha-256;"));
    }

    @Test
    void thePatientOfTheFileIsComparedAndNeverEmitted() {
        assertTrue(Reading.of(Checkups.hanako2025()).all(Patient.class).isEmpty());
    }

    @Test
    void t32TheSameFileGivesTheSameResources() {
        byte[] zip = Checkups.hanako2025().zip();

        assertEquals(Reading.of(zip).ndjson(), Reading.of(zip).ndjson());
    }

    @Test
    void resultsBelongToTheReportAndSensitiveOnesToMore() {
        Reading reading = Reading.of(Checkups.hanako2025());

        assertEquals(
                Set.of(PhrCategory.CHECKUP_SPECIFIC),
                reading.draftOf("9N001000000000001").categories());
        assertEquals(
                Set.of(PhrCategory.CHECKUP_SPECIFIC, PhrCategory.LAB),
                reading.draftOf("3D046000001906202").categories());
        assertEquals(
                Set.of(PhrCategory.CHECKUP_SPECIFIC, PhrCategory.LAB, PhrCategory.INFECTION_SENSITIVE),
                reading.draftOf("5F016141002399811").categories());
        assertEquals(
                Set.of("STD"),
                Objects.requireNonNull(reading.draftOf("5F016141002399811").labels())
                        .sensitivities());
        assertEquals(
                Set.of(PhrCategory.RAW_FILE),
                reading.draft("DocumentReference/"
                                + reading.only(DocumentReference.class).getIdPart())
                        .categories());
        assertFalse(reading.originals().get(0).mapped().contains(PhrCategory.RAW_FILE));
    }

    @Test
    void everyItemOfAHepatitisCheckIsSensitive() {
        Reading reading = Reading.of(
                Checkup.of(People.HANAKO).category("42").program("090").item("9N416000000000049", "見本"));

        assertTrue(Objects.requireNonNull(reading.draftOf("9N416000000000049").categories())
                .contains(PhrCategory.INFECTION_SENSITIVE));
    }

    @Test
    void anUnknownReportCategoryLeavesTheConsentCategoryOpen() {
        Reading reading = Reading.of(Checkup.of(People.HANAKO).category("77").item("9N001000000000001", "158.2"));

        assertEquals(Set.of(), reading.draftOf("9N001000000000001").categories());
        assertEquals(1, reading.issues("CDA-13").size());
    }

    @Test
    void n2IdsUnderOtherRootsAreNotUsed() {
        Reading reading = Reading.of(Checkup.of(People.HANAKO).with(Fault.TICKET_AS_PATIENT_ID));

        assertEquals(1, reading.issues("N-2").size());
        assertNull(reading.only(Coverage.class).getSubscriberId());
    }

    @Test
    void n3n4n6AreReadWithAWarning() {
        Checkup checkup = Checkup.of(People.HANAKO)
                .item("9N001000000000001", "158.2")
                .flag("N")
                .with(Fault.OTHER_TEMPLATE)
                .with(Fault.SECTION_UNDER_PROGRAM_SYSTEM)
                .replacing(
                        "<value xsi:type=\"PQ\" value=\"158.2\" unit=\"cm\"/><interpretationCode code=\"N\"/>",
                        "<interpretationCode code=\"N\"/><value xsi:type=\"PQ\" value=\"158.2\" unit=\"cm\"/>");

        Reading reading = Reading.of(checkup);

        assertEquals(1, reading.issues("N-3").size());
        assertEquals(1, reading.issues("N-4").size());
        assertEquals(1, reading.issues("N-6").size());
        assertEquals(1, reading.row().mapped());
    }

    @Test
    void n6AHeaderBehindTheBodyIsFound() {
        String text = Checkups.taro2025().text();
        int start = text.indexOf("<documentationOf>");
        int end = text.indexOf("</documentationOf>\n") + "</documentationOf>\n".length();
        String moved = text.substring(0, start)
                + text.substring(end)
                        .replace("</ClinicalDocument>", text.substring(start, end) + "</ClinicalDocument>");

        Reading reading = Reading.of(moved.getBytes(StandardCharsets.UTF_8), People.TARO.account(Reading.PERSON));

        assertEquals(6, reading.row().mapped());
        assertEquals(1, reading.issues("N-6").size());
    }
}
