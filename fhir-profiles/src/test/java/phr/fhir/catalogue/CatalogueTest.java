package phr.fhir.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.Fhir;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.facts.Tokens;
import phr.fhir.label.LabelTables;

/** The rows of consent-semantics.md §6.1 and §8, for resources of every type of the catalogue. */
class CatalogueTest {

    private static final String ICD = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Condition | 'code':{'coding':[{'system':'ICD','code':'F32.1'}]} | mental-health problem | R | MH",
                "Condition | 'code':{'coding':[{'system':'ICD','code':'E11'}]} | problem | N |",
                "Condition | 'code':{'coding':[{'system':'ICD','code':'T74.1'}]} | problem violence | V | SDV VIO",
                "Condition | 'code':{'coding':[{'system':'http://medis.or.jp/CodeSystem/master-disease-exCode','code':'TJ4B'}]} | problem | ? |",
                "Condition | 'code':{'text':'うつ病'} | problem | ? |",
                "Procedure | 'status':'completed','code':{'coding':[{'system':'ICD','code':'I10'}]},'reasonCode':[{'coding':[{'system':'ICD','code':'O80'}]}] | procedure reproductive | R | SEX",
                "AllergyIntolerance | 'code':{'text':'そば'} | allergy | N |",
                "Immunization | 'status':'completed','vaccineCode':{'text':'MR'},'occurrenceDateTime':'2020-05-01' | immunization | N |",
                "MedicationRequest | 'status':'active','intent':'order','medicationCodeableConcept':{'coding':[{'system':'urn:oid:1.2.392.100495.20.2.73','code':'1179025F1020'}]} | medication mental-health | R | MH",
                "MedicationDispense | 'status':'completed','contained':[{'resourceType':'Medication','id':'m','code':{'coding':[{'system':'http://www.whocc.no/atc','code':'J05AR20'}]}}],'medicationReference':{'reference':'#m'} | infection-sensitive medication | R | HIV",
                "MedicationDispense | 'status':'completed','medicationCodeableConcept':{'coding':[{'system':'urn:oid:1.2.392.200119.4.403.1','code':'103831601'}]} | medication | ? |",
                "MedicationStatement | 'status':'active','medicationCodeableConcept':{'coding':[{'system':'http://www.whocc.no/atc','code':'C09CA01'}]},'informationSource':{'reference':'Patient/p'} | medication-self | N |",
                "ExplanationOfBenefit | 'status':'active','use':'claim','outcome':'complete','created':'2024-01-01' | claims | R |",
                "FamilyMemberHistory | 'status':'completed','condition':[{'code':{'coding':[{'system':'ICD','code':'F20'}]}}] | family-history mental-health | R | MH",
                "FamilyMemberHistory | 'status':'completed' | family-history | R |",
                "QuestionnaireResponse | 'status':'completed','questionnaire':'http://loinc.org/q/44249-1' | mental-health questionnaire | R | MH",
                "QuestionnaireResponse | 'status':'completed','questionnaire':'http://clinic.example/q','item':[{'linkId':'9N706000000000011'}] | questionnaire | N |",
                "QuestionnaireResponse | 'status':'completed','questionnaire':'http://clinic.example/q','item':[{'linkId':'9N916000000000011'}] | questionnaire | R | MH",
                "QuestionnaireResponse | 'status':'completed','questionnaire':'http://clinic.example/q' | questionnaire | ? |",
                "Encounter | 'status':'finished','class':{'code':'AMB'},'serviceType':{'coding':[{'system':'http://jami.jp/SS-MIX2/CodeSystem/ClinicalDepartment','code':'02'}]} | encounter mental-health | R | MH",
                "Encounter | 'status':'finished','class':{'code':'AMB'} | encounter | N |",
                "Observation | 'status':'final','category':[{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/observation-category','code':'laboratory'}]}],'code':{'coding':[{'system':'http://loinc.org','code':'16128-1'}]} | infection-sensitive lab | R |",
                "Observation | 'status':'final','code':{'coding':[{'system':'http://loinc.org','code':'55423-8'}]} | lifelog-activity | N |",
                "DiagnosticReport | 'status':'final','code':{'coding':[{'system':'http://loinc.org','code':'58410-2'}]} | lab | N |",
                "Composition | 'status':'final','title':'退院サマリー' | clinical-document | ? |",
                "DocumentReference | 'status':'current' | clinical-document | ? |",
                "CarePlan | 'status':'active','intent':'plan' | disability-care | R | COGN DVD",
                "Consent | 'status':'active' | consent-record | V |",
                "Patient | 'gender':'female' | demographics | N |",
                "Organization | 'name':'A' | | N |"
            })
    void everyTypeHasItsCategoriesAndLabels(String type, String body, String categories, String level, String codes) {
        Facts facts = facts(type, body);

        assertEquals(
                text(categories),
                String.join(" ", new TreeSet<>(facts.categories().values())));
        assertEquals(!"?".equals(level), facts.labels().labelled());
        String confidentiality = "?".equals(level) ? "R" : level;
        assertEquals(confidentiality, facts.labels().confidentiality().name());
        assertEquals(text(codes), String.join(" ", new TreeSet<>(facts.labels().sensitivities())));
    }

    @Test
    void aSupportingTypeHasNoCategoriesAndAnUnknownOneHasUnknownCategories() {
        assertEquals(Tokens.ABSENT, facts("Organization", "'name':'A'").categories());
        assertTrue(facts("ServiceRequest", "'status':'active','intent':'order'")
                .categories()
                .unknown());
        assertFalse(facts("ServiceRequest", "'status':'active','intent':'order'")
                .labels()
                .labelled());
    }

    @Test
    void labelsOfTheSourceAreRaisedAndNeverLowered() {
        String steps = "'status':'final','code':{'coding':[{'system':'http://loinc.org','code':'55423-8'}]}";
        assertEquals(
                Confidentiality.V,
                facts("Observation", steps + security("v3-Confidentiality", "V"))
                        .labels()
                        .confidentiality());
        assertEquals(
                Confidentiality.N,
                facts("Observation", steps + security("v3-Confidentiality", "L"))
                        .labels()
                        .confidentiality());
        assertEquals(
                Set.of("PSY"),
                facts("Observation", steps + security("v3-Confidentiality", "PSY"))
                        .labels()
                        .sensitivities());
        assertEquals(
                new Labels(true, Confidentiality.R, Set.of("MH")),
                facts("Condition", "'code':{'text':'x'}" + security("v3-ActCode", "MH"))
                        .labels());
    }

    @Test
    void codesOfUnknownSystemsAreSensitivitiesAndObligationsAreNot() {
        String steps = "'status':'final','code':{'coding':[{'system':'http://loinc.org','code':'55423-8'}]}";
        assertEquals(
                Labels.NORMAL,
                facts("Observation", steps + security("v3-ActCode", "NODSCLCD")).labels());
        assertEquals(
                Labels.NORMAL,
                facts("Observation", steps + security("v3-ActReason", "TREAT")).labels());
        assertEquals(
                Set.of("http://house.example|secret"),
                facts("Observation", steps + ",'meta':{'security':[{'system':'http://house.example','code':'secret'}]}")
                        .labels()
                        .sensitivities());
    }

    @Test
    void asGivenNothingIsLabelledByATableAndCategoriesAreKnownAllTheSame() {
        Resource resource = resource("Condition", "'code':{'coding':[{'system':'ICD','code':'F32.1'}]}");
        Facts facts = FactsReader.asGiven(resource, null, Catalogue.categories(resource), LabelTables.bundled());
        assertEquals(Labels.UNLABELLED, facts.labels());
        assertEquals(Set.of("problem", "mental-health"), facts.categories().values());
    }

    @Test
    void everyLabelSaysWhichRuleGaveIt() {
        Facts facts = facts("Condition", "'code':{'coding':[{'system':'ICD','code':'B20'}]}");
        Set<String> rules =
                facts.basis().hits().stream().map(hit -> hit.reference()).collect(Collectors.toSet());
        assertEquals(Set.of("catalogue.infection-sensitive|1", "infection-sensitive.INF-ICD-HIV|2"), rules);
    }

    /** Law: whatever comes with a resource, the tables only raise it. */
    @Test
    void tablesOnlyRaise() {
        long seed = Long.getLong("phr.seed", 20260401L);
        Random random = new Random(seed);
        String[] codes = {"F32", "B20", "E11", "O80", "T74.1", "Q90", "F10.2", "A50"};
        for (int i = 0; i < 2_000; i++) {
            Resource bare = resource(
                    "Condition",
                    "'code':{'coding':[{'system':'ICD','code':'" + codes[random.nextInt(codes.length)] + "'}]}");
            Labels before = read(bare).labels();
            Confidentiality level = Confidentiality.values()[random.nextInt(6)];
            bare.getMeta().addSecurity(new Coding(Confidentiality.SYSTEM, level.name(), null));
            if (random.nextBoolean()) {
                bare.getMeta().addSecurity(new Coding(Labels.SENSITIVITY_SYSTEM, "DVD", null));
            }
            Labels after = read(bare).labels();
            String why = "seed " + seed + ", case " + i;
            assertTrue(before.confidentiality().atMost(after.confidentiality()), why);
            assertTrue(level.atMost(after.confidentiality()), why);
            assertTrue(after.sensitivities().containsAll(before.sensitivities()), why);
        }
    }

    private static String security(String system, String code) {
        return ",'meta':{'security':[{'system':'http://terminology.hl7.org/CodeSystem/" + system + "','code':'" + code
                + "'}]}";
    }

    private static Facts facts(String type, String body) {
        return read(resource(type, body));
    }

    private static Facts read(Resource resource) {
        return FactsReader.read(resource, null, Catalogue.categories(resource), null);
    }

    private static Resource resource(String type, String body) {
        String json =
                "{'resourceType':'" + type + "','id':'" + UUID.nameUUIDFromBytes(new byte[] {1}) + "'," + body + "}";
        Resource resource = (Resource)
                Fhir.json().parseResource(json.replace("'ICD'", "'" + ICD + "'").replace('\'', '"'));
        return Objects.requireNonNull(resource);
    }

    private static String text(String cell) {
        return cell == null ? "" : cell.trim();
    }

    @Test
    void aTagOfTheCategorySystemCounts() {
        Resource note = resource(
                "Observation",
                "'status':'final','code':{'text':'日記'},'meta':{'tag':[{'system':'" + Catalogue.SYSTEM
                        + "','code':'patient-note'}]}");
        assertEquals(Set.of(PhrCategory.PATIENT_NOTE), Catalogue.categories(note));
        assertEquals(
                new Labels(true, Confidentiality.R, Set.of("PRS")), read(note).labels());
    }
}
