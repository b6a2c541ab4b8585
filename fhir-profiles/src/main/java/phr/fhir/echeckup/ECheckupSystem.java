package phr.fhir.echeckup;

/** Systems and extensions that only the eCheckup form knows: of each thing the one to emit (checkup-fhir.md §7). */
enum ECheckupSystem {
    JLAC10("urn:oid:1.2.392.200119.4.504"),
    REPORT_CATEGORY("urn:oid:2.16.840.1.113883.2.2.1.6.1001"),
    SECTION("http://jpfhir.jp/fhir/eCheckup/CodeSystem/section-code"),
    DOCUMENT_TYPE("http://jpfhir.jp/fhir/Common/CodeSystem/doc-typecodes"),
    BUNDLE_ID("http://jpfhir.jp/fhir/clins/bundle-identifier"),
    INSTANCE_ID("http://jpfhir.jp/fhir/core/IdSystem/resourceInstance-identifier"),
    MEMBER_ID("http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID"),
    INSURANCE_TYPE("http://jpfhir.jp/fhir/core/mhlw/CodeSystem/InsuranceMajorCategory"),
    RELATIONSHIP("http://jpfhir.jp/fhir/core/mhlw/CodeSystem/InsuredPersonCategory"),
    SERVICE_TYPE("http://jpfhir.jp/fhir/eCheckup/CodeSystem/checkup-encounter-type"),
    VERSION("http://hl7.org/fhir/StructureDefinition/composition-clinicaldocument-versionNumber"),
    COMPONENT_PERFORMER("http://jpfhir.jp/fhir/eCheckup/Extension/StructureDefinition/observation-component-performer");

    /** Of a person in a facility; the ten digits of the facility follow. */
    static final String LOCAL_PATIENT = "urn:oid:1.2.392.100495.20.3.51.1";

    private final String url;

    ECheckupSystem(String url) {
        this.url = url;
    }

    String url() {
        return url;
    }
}
