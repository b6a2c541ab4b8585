package phr.fhir.jp;

import phr.fhir.Fhir;

/** Code, identifier and extension URLs of the stored form of a checkup (checkup-cda.md §5.1, §6.4). */
public enum CheckupSystem {
    ITEM(CheckupOid.ITEM.urn()),
    /** Items of 自治体検診. */
    MUNICIPAL_ITEM("urn:oid:" + MunicipalItems.OID),
    METHOD(CheckupOid.METHOD.urn()),
    PROGRAM(CheckupOid.PROGRAM.urn()),
    TICKET_KIND(CheckupOid.TICKET_KIND.urn()),
    GROUP("http://jpfhir.jp/fhir/eCheckup/CodeSystem/observationGroup-codes"),
    OWN_GROUP(Fhir.CANONICAL + "/CodeSystem/checkup-group"),
    /** The URL really lacks the "n". */
    GROUP_RELATION("http://jpfhir.jp/fhir/Common/Extension/StructureDefinition/observatioGroupRelationship"),
    OBSERVATION_CATEGORY("http://terminology.hl7.org/CodeSystem/observation-category"),
    JP_OBSERVATION_CATEGORY("http://jpfhir.jp/fhir/core/CodeSystem/JP_SimpleObservationCategory_CS"),
    DATA_ABSENT_REASON("http://terminology.hl7.org/CodeSystem/data-absent-reason"),
    INTERPRETATION("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"),
    UCUM("http://unitsofmeasure.org"),
    ENCOUNTER_CLASS("http://jpfhir.jp/fhir/eCheckup/CodeSystem/encounter-category"),
    FACILITY_NUMBER("http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no"),
    FACILITY_ROLE("http://jpfhir.jp/fhir/eCheckup/CodeSystem/report-organization-code"),
    INSURER_NUMBER("http://jpfhir.jp/fhir/core/mhlw/IdSystem/InsurerNumber"),
    ORGANIZATION_TYPE("http://terminology.hl7.org/CodeSystem/organization-type"),
    INSURED_SYMBOL("http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPersonSymbol"),
    INSURED_NUMBER("http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPersonNumber"),
    INSURED_BRANCH("http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPersonSubNumber"),
    /** Spelled so. */
    ATTACHMENT_FORMAT("http://jpfhir.jp/fhir/eCheckup/CodeSystem/attachement-format"),
    DOCUMENT_TYPE("http://phr.or.jp/fhir/CodeSystem/document-type"),
    DATA_OPERATION("http://terminology.hl7.org/CodeSystem/v3-DataOperation"),
    PROVENANCE_AGENT("http://terminology.hl7.org/CodeSystem/provenance-participant-type"),
    URI("urn:ietf:rfc:3986");

    private final String url;

    CheckupSystem(String url) {
        this.url = url;
    }

    public String url() {
        return url;
    }
}
