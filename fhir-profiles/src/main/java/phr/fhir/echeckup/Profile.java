package phr.fhir.echeckup;

/** Profiles that the eCheckup form declares (checkup-fhir.md §4, §6). */
enum Profile {
    BUNDLE("http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Bundle_eCheckupGeneral"),
    PATIENT("http://jpfhir.jp/fhir/clins/StructureDefinition/JP_Patient_eCheckupGeneral"),
    COMPOSITION("JP_Composition_eCheckupGeneral"),
    OBSERVATION("JP_Observation_eCheckupGeneral"),
    GROUP("JP_ObservationGroup_eCheckupGeneral"),
    COVERAGE_INSURANCE("JP_CoverageInsurance_eCheckupGeneral"),
    COVERAGE_SERVICE("JP_CoverageService_eCheckupGeneral"),
    ENCOUNTER("JP_Encounter_eCheckupGeneral"),
    ORGANIZATION("JP_Organization_eCheckupGeneral"),
    INSURER("JP_OrganizationInsurer_eCheckupGeneral"),
    PRACTITIONER("JP_Practitioner_eCheckupGeneral");

    private final String url;

    Profile(String name) {
        this.url = name.startsWith("http") ? name : "http://jpfhir.jp/fhir/eCheckup/StructureDefinition/" + name;
    }

    String url() {
        return url;
    }
}
