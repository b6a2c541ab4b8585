package phr.fhir.normalise.medication;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import phr.fhir.Fhir;

/** Code, identifier and extension URLs of what a notebook becomes (medication-notebook.md §7). */
enum NotebookSystem {
    RP("http://jpfhir.jp/fhir/core/mhlw/IdSystem/Medication-RPGroupNumber"),
    JAN("https://www.gs1.org/gtin"),
    DEPARTMENT("http://jami.jp/SS-MIX2/CodeSystem/ClinicalDepartment"),
    FORM(Fhir.CANONICAL + "/CodeSystem/notebook-dosage-form"),
    RECORD(Fhir.CANONICAL + "/CodeSystem/notebook-record"),
    INFORMATION(Fhir.CANONICAL + "/CodeSystem/notebook-information"),
    CREATOR(Fhir.CANONICAL + "/CodeSystem/notebook-creator"),
    FORM_EXTENSION(Fhir.CANONICAL + "/StructureDefinition/notebook-dosage-form"),
    RECORD_EXTENSION(Fhir.CANONICAL + "/StructureDefinition/notebook-record"),
    CREATOR_EXTENSION(Fhir.CANONICAL + "/StructureDefinition/notebook-creator"),
    FACILITY_EXTENSION(Fhir.CANONICAL + "/StructureDefinition/notebook-facility"),
    LOINC("http://loinc.org"),
    UCUM("http://unitsofmeasure.org"),
    OBSERVATION_CATEGORY("http://terminology.hl7.org/CodeSystem/observation-category"),
    ALLERGY_CLINICAL("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"),
    ALLERGY_VERIFICATION("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"),
    CONDITION_VERIFICATION("http://terminology.hl7.org/CodeSystem/condition-ver-status"),
    DOCTYPE("http://phr.or.jp/fhir/doctype"),
    DOCUMENT_TYPE("http://phr.or.jp/fhir/CodeSystem/document-type"),
    DATA_OPERATION("http://terminology.hl7.org/CodeSystem/v3-DataOperation"),
    PROVENANCE_AGENT("http://terminology.hl7.org/CodeSystem/provenance-participant-type"),
    URI("urn:ietf:rfc:3986");

    private final String url;

    NotebookSystem(String url) {
        this.url = url;
    }

    String url() {
        return url;
    }

    Coding coding(String code) {
        return new Coding().setSystem(url).setCode(code);
    }

    CodeableConcept concept(String code) {
        return new CodeableConcept().addCoding(coding(code));
    }
}
