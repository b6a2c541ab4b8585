package phr.fhir.normalise.medication;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MedicationDispense;
import org.hl7.fhir.r4.model.MedicationDispense.MedicationDispenseStatus;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.medication.record.NotebookRecord;
import phr.fhir.normalise.medication.record.RpGroup;
import phr.fhir.text.TsvTable;
import phr.fhir.text.Width;

/**
 * Writes one medicine of a dispensing: a MedicationDispense when a professional wrote the line, else a MedicationStatement, which
 * never looks like a pharmacist's (TC-R4).
 */
final class MedicineWriter {

    private static final int MOST_INSTRUCTED = 50;
    private static final Set<String> INSTRUCTIONS = Set.of("281", "291", "311", "391");
    private static final Map<String, String> DEPARTMENTS = departments();

    private final NotebookDrafts drafts;
    private final Medicines medicines;
    private final LocalDate date;
    private final @Nullable String facility;
    private final List<String> performers = new ArrayList<>();

    /**
     * Who prescribed.
     *
     * @param institution reference of the organisation
     * @param practitioner reference of the doctor
     * @param department 診療科 in words
     * @param key in keys of medicines
     */
    record Prescriber(
            @Nullable String institution,
            @Nullable String practitioner,
            @Nullable String department,
            String key) {}

    /** A note that goes with a medicine. */
    record Note(NotebookRecord record, Author author) {}

    MedicineWriter(NotebookDrafts drafts, Medicines medicines, LocalDate date, @Nullable String facility) {
        this.drafts = drafts;
        this.medicines = medicines;
        this.date = date;
        this.facility = facility;
        if (facility != null) {
            performers.add(facility);
        }
    }

    private static Map<String, String> departments() {
        Map<String, String> codes = new HashMap<>();
        TsvTable.load(MedicineWriter.class, "departments.tsv").rows().forEach(row -> codes.put(row[0], row[1]));
        return Map.copyOf(codes);
    }

    void performer(String reference) {
        if (performers.size() < MOST_INSTRUCTED) {
            performers.add(reference);
        }
    }

    /** @return reference of the resource */
    String write(
            NotebookRecord drug, Author author, RpGroup group, Prescriber prescriber, String key, List<Note> notes) {
        return author.professional()
                ? dispense(drug, author, group, prescriber, key, notes)
                : statement(drug, author, group, prescriber, key, notes);
    }

    private String dispense(
            NotebookRecord drug, Author author, RpGroup group, Prescriber prescriber, String key, List<Note> notes) {
        MedicationDispense dispense = new MedicationDispense();
        dispense.addIdentifier().setSystem(NotebookSystem.RP.url()).setValue(String.valueOf(group.number()));
        dispense.setStatus(MedicationDispenseStatus.COMPLETED);
        CodeableConcept medicine = medicines.concept(drug);
        dispense.setMedication(medicine);
        dispense.setSubject(drafts.person());
        performers.forEach(performer -> dispense.addPerformer().setActor(new Reference(performer)));
        List<Resource> contained = prescription(prescriber, medicine);
        if (!contained.isEmpty()) {
            dispense.setContained(contained);
            dispense.addAuthorizingPrescription(new Reference("#prescription"));
        }
        supply(dispense, drug, group);
        dispense.setWhenHandedOverElement(new DateTimeType(date.toString()));
        Dosage dosage = medicines.dosage(drug, group.usage(), instructions(notes), true);
        if (!dosage.isEmpty()) {
            dispense.addDosageInstruction(dosage);
        }
        notes.stream()
                .filter(note -> !instruction(note))
                .forEach(note -> dispense.addNote(Notes.annotation(note.record(), note.author())));
        return drafts.add(dispense, key, Set.of(PhrCategory.MEDICATION), drug.place(), author);
    }

    private static void supply(MedicationDispense dispense, NotebookRecord drug, RpGroup group) {
        Quantity amount = Medicines.amount(drug);
        if (amount != null && Medicines.form(group.usage()).amount() == DosageForm.Amount.TOTAL) {
            dispense.setQuantity(amount);
        }
        Duration days = Medicines.days(group.usage());
        if (days != null) {
            dispense.setDaysSupply(new Quantity()
                    .setValue(days.getValue())
                    .setUnit(days.getUnit())
                    .setSystem(days.getSystem())
                    .setCode(days.getCode()));
        }
    }

    private String statement(
            NotebookRecord drug, Author author, RpGroup group, Prescriber prescriber, String key, List<Note> notes) {
        MedicationStatement statement = new MedicationStatement();
        statement.addIdentifier().setSystem(NotebookSystem.RP.url()).setValue(String.valueOf(group.number()));
        statement.setStatus(MedicationStatementStatus.UNKNOWN);
        CodeableConcept medicine = medicines.concept(drug);
        statement.setMedication(medicine);
        statement.setSubject(drafts.person());
        statement.setEffective(new DateTimeType(date.toString()));
        Reference source = author.named();
        if (source != null) {
            statement.setInformationSource(source);
        }
        List<Resource> contained = prescription(prescriber, medicine);
        if (!contained.isEmpty()) {
            statement.setContained(contained);
            statement.addBasedOn(new Reference("#prescription"));
        }
        if (facility != null) {
            statement.addExtension(new Extension(NotebookSystem.FACILITY_EXTENSION.url(), new Reference(facility)));
        }
        Dosage dosage = medicines.dosage(drug, group.usage(), instructions(notes), false);
        if (!dosage.isEmpty()) {
            statement.addDosage(dosage);
        }
        notes.stream()
                .filter(note -> !instruction(note))
                .forEach(note -> statement.addNote(Notes.annotation(note.record(), note.author())));
        return drafts.add(statement, key, Set.of(category(author)), drug.place(), author);
    }

    /** Nobody's line is no pharmacist's, but neither is it said to be her own. */
    private static PhrCategory category(Author author) {
        return author.patient() ? PhrCategory.MEDICATION_SELF : PhrCategory.MEDICATION;
    }

    private static boolean instruction(Note note) {
        return note.author().professional()
                && INSTRUCTIONS.contains(note.record().number());
    }

    private static List<NotebookRecord> instructions(List<Note> notes) {
        return notes.stream()
                .filter(MedicineWriter::instruction)
                .map(Note::record)
                .toList();
    }

    /** The prescription behind it, as far as known; empty when nothing is. */
    private List<Resource> prescription(Prescriber prescriber, CodeableConcept medicine) {
        if (prescriber.institution() == null && prescriber.practitioner() == null) {
            return List.of();
        }
        MedicationRequest request = new MedicationRequest();
        request.setId("prescription");
        request.setStatus(MedicationRequestStatus.UNKNOWN);
        request.setIntent(MedicationRequestIntent.ORDER);
        request.setMedication(medicine.copy());
        request.setSubject(drafts.person());
        if (prescriber.practitioner() == null) {
            request.setRequester(new Reference(prescriber.institution()));
            return List.of(request);
        }
        request.setRequester(new Reference("#prescriber"));
        return List.of(request, role(prescriber));
    }

    private static PractitionerRole role(Prescriber prescriber) {
        PractitionerRole role = new PractitionerRole();
        role.setId("prescriber");
        role.setPractitioner(new Reference(prescriber.practitioner()));
        if (prescriber.institution() != null) {
            role.setOrganization(new Reference(prescriber.institution()));
        }
        String department = prescriber.department();
        if (department != null) {
            CodeableConcept specialty = new CodeableConcept().setText(department);
            String code = DEPARTMENTS.get(Width.nfkcTrimmed(department));
            if (code != null) {
                specialty.addCoding(NotebookSystem.DEPARTMENT.coding(code));
            }
            role.addSpecialty(specialty);
        }
        return role;
    }
}
