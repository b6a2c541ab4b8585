package phr.fhir.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.facts.Tokens;

class FactsReaderTest {

    private static final String ITEMS = "urn:oid:1.2.392.200119.6.1005";
    private static final String ID = "6a1f0c1e-8f0b-5c7d-9a52-0c9f6f6f0a01";

    @ParameterizedTest
    @CsvSource({
        "9N001000000000001, checkup-specific, N, ''",
        "5E071000002399811, checkup-specific lab infection-sensitive, R, STD",
        "5F016141002399811, checkup-specific lab infection-sensitive, R, STD",
        "5F360149702399811, checkup-specific lab infection-sensitive, R, STD",
        "9N401000000000011, checkup-specific infection-sensitive, R, STD",
        "3F050000002327101, checkup-other lab infection-sensitive, R, STD",
        "9N911000000000011, checkup-specific, R, MH",
        "9N931000000000011, checkup-specific, R, MH",
        "9N906000000000011, checkup-specific, N, ''",
        "9N706000000000011, checkup-specific, N, ''",
        "3F050000002327101, checkup-maternity lab, R, SEX"
    })
    void checkupItemsAreLabelledByCategoryAndTable(String code, String categories, String level, String sensitivity) {
        Labels labels = labels(observation(ITEMS, code), categories(categories), null);

        assertTrue(labels.labelled());
        assertEquals(Confidentiality.valueOf(level), labels.confidentiality());
        assertEquals(sensitivity.isEmpty() ? Set.of() : Set.of(sensitivity), labels.sensitivities());
    }

    @ParameterizedTest
    @CsvSource({"1, R", "2, N", "11, N"})
    void onlyTheAnswerMenstruatingIsSensitive(String answer, String level) {
        Observation reason = observation(ITEMS, "9N512000000000011");
        reason.setValue(new CodeableConcept(new Coding("urn:oid:1.2.392.200119.6.24080", answer, null)));

        assertEquals(
                Confidentiality.valueOf(level),
                labels(reason, categories("checkup-specific"), null).confidentiality());
    }

    @Test
    void whatNoRuleKnowsIsUnlabelled() {
        assertEquals(
                Labels.UNLABELLED,
                labels(observation("http://hospital.example/codes", "HbA1c"), categories("lab"), null));
        assertEquals(Labels.UNLABELLED, labels(observation(ITEMS, "x"), Set.of(), null));
        assertEquals(
                Labels.UNLABELLED,
                labels(observation(ITEMS, "unknown"), categories("checkup-specific"), Labels.UNLABELLED));
        assertEquals(Labels.NORMAL, labels(new Organization(), null, null));
    }

    @Test
    void aContainedResourceInWordsOnlyMakesTheCodesOfItsContainerUnknown() {
        Observation container = observation("http://loinc.org", "4548-4");
        assertFalse(read(container, categories("lab")).codes().unknown());
        Observation contained = new Observation();
        contained.setId("in");
        contained.getCode().setText("words");
        container.addContained(contained);
        assertTrue(read(container, categories("lab")).codes().unknown());
    }

    @Test
    void receivedLabelsCountAndTablesOnlyRaiseThem() {
        Observation low = observation(ITEMS, "5E071000002399811");
        low.getMeta().addSecurity(new Coding(Confidentiality.SYSTEM, "L", null));
        Labels raised = labels(low, categories("checkup-specific"), null);
        assertEquals(Confidentiality.R, raised.confidentiality());

        Observation sensitive = observation("http://loinc.org", "1-8");
        sensitive.getMeta().addSecurity(new Coding(Confidentiality.SYSTEM, "HIV", null));
        assertEquals(new Labels(true, Confidentiality.R, Set.of("HIV")), labels(sensitive, Set.of(), null));

        Observation foreign = observation("http://loinc.org", "1-8");
        foreign.getMeta().addSecurity(new Coding("https://other.example", "X", null));
        assertEquals(
                Set.of("https://other.example|X"),
                labels(foreign, Set.of(), null).sensitivities());
    }

    @Test
    void aCodeInWordsOnlyAndAnOriginalAreUnknown() {
        Observation words = new Observation();
        words.setCode(new CodeableConcept().setText("血圧"));
        assertTrue(read(words, Set.of()).codes().unknown());
        assertTrue(read(new DocumentReference(), Set.of(PhrCategory.RAW_FILE))
                .codes()
                .unknown());
        assertEquals(Tokens.ABSENT, read(new Organization(), null).codes());
    }

    @Test
    void codesAuthorsLinksAndDeviceAreRead() {
        Observation observation = observation(ITEMS, "9N001000000000001");
        observation.addComponent().setCode(new CodeableConcept(new Coding("http://loinc.org", "8480-6", null)));
        observation.addPerformer(new Reference("Practitioner/7"));
        observation.addPerformer(new Reference("Patient/" + ID));
        observation.setEncounter(new Reference("Encounter/8"));
        Device device = new Device();
        device.setId("device");
        device.addDeviceName().setName("BP-1");
        observation.addContained(device);
        observation.setDevice(new Reference("#device"));

        Facts facts = read(observation, Set.of());

        assertEquals(
                Set.of(ITEMS + "|9N001000000000001", "http://loinc.org|8480-6"),
                facts.codes().values());
        assertEquals(Set.of("Practitioner/7", "Patient/" + ID), facts.authors().values());
        assertEquals(Set.of("Practitioner/7", "Encounter/8"), facts.linksOut());
        assertEquals("BP-1", facts.device());
    }

    @Test
    void theTypeOfADocumentIsItsFirstCoding() {
        DocumentReference document = new DocumentReference();
        document.getType()
                .addCoding()
                .setSystem("urn:oid:1.2.392.200119.6.1001")
                .setCode("10");
        assertEquals(
                "urn:oid:1.2.392.200119.6.1001|10", read(document, Set.of()).documentType());
    }

    @Test
    @DisplayName("P-10 the clinical date counts, then the recorded one, never the last update")
    void clinicalTimeComesBeforeRecordedTimeAndNoTimeIsUnknown() {
        Observation observation = new Observation();
        observation.getMeta().setLastUpdatedElement(new InstantType("2026-05-01T07:00:00Z"));
        assertEquals(DataTime.UNKNOWN, read(observation, Set.of()).time());
        observation.setIssuedElement(new InstantType("2026-04-01T07:00:00Z"));
        assertEquals("2026-04-01T07:00:00Z", from(observation));
        observation.setEffective(new DateTimeType("2026-03"));
        assertEquals("2026-02-28T15:00:00Z", from(observation));
        assertEquals(
                "2026-03-31T15:00:00Z",
                String.valueOf(read(observation, Set.of()).time().to()));
    }

    @Test
    void anOpenPeriodRunsToInfinityAndAnEmptyOrReversedOneIsUnknown() {
        Encounter encounter = new Encounter();
        encounter.setPeriod(period("2026-04-01", null));
        assertTrue(read(encounter, Set.of()).time().known());
        assertEquals(null, read(encounter, Set.of()).time().to());
        Coverage reversed = new Coverage();
        reversed.setPeriod(period("2026-04-02", "2026-04-01"));
        assertFalse(read(reversed, Set.of()).time().known());
    }

    @Test
    void aConditionGoesOnUntilItAbates() {
        Condition condition = new Condition();
        condition.setRecordedDateElement(new DateTimeType("2020"));
        assertEquals("2019-12-31T15:00:00Z", from(condition));
        condition.setOnset(new DateTimeType("2018-05"));
        assertEquals("2018-04-30T15:00:00Z", from(condition));
        assertEquals(null, read(condition, Set.of()).time().to());
        condition.setAbatement(new DateTimeType("2019-05-05"));
        assertEquals(
                "2019-05-05T15:00:00Z",
                String.valueOf(read(condition, Set.of()).time().to()));
    }

    private static Period period(String start, @Nullable String end) {
        Period period = new Period();
        period.setStartElement(new DateTimeType(start));
        if (end != null) {
            period.setEndElement(new DateTimeType(end));
        }
        return period;
    }

    private static Observation observation(String system, String code) {
        Observation observation = new Observation();
        observation.setCode(new CodeableConcept(new Coding(system, code, null)));
        return observation;
    }

    private static Set<PhrCategory> categories(String codes) {
        Set<PhrCategory> categories = EnumSet.noneOf(PhrCategory.class);
        for (String code : codes.split(" ")) {
            categories.add(PhrCategory.parse(code));
        }
        return categories;
    }

    private static String from(Resource resource) {
        return Objects.requireNonNull(read(resource, Set.of()).time().from()).toString();
    }

    private static Labels labels(Resource resource, @Nullable Set<PhrCategory> categories, @Nullable Labels found) {
        resource.setId(ID);
        return FactsReader.read(resource, "client", categories, found).labels();
    }

    private static Facts read(Resource resource, @Nullable Set<PhrCategory> categories) {
        resource.setId(ID);
        return FactsReader.read(resource, "client", categories, null);
    }
}
