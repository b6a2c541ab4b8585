package phr.fhir.normalise.medication;

import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.medication.part.Faults;
import phr.fhir.normalise.medication.record.NotebookRecord;
import phr.fhir.normalise.medication.record.Otc;

/** Medicines bought without prescription (要指導・一般用医薬品): records 3 and 31. */
final class OtcMapping {

    private static final int MOST_INGREDIENTS = 200;

    private final NotebookDrafts drafts;
    private final Faults faults;

    OtcMapping(NotebookDrafts drafts, Faults faults) {
        this.drafts = drafts;
        this.faults = faults;
    }

    void map(Otc otc) {
        NotebookRecord record = otc.medicine();
        Author author = drafts.author(record.creator(), null);
        MedicationStatement statement = new MedicationStatement();
        statement.setStatus(MedicationStatementStatus.UNKNOWN);
        statement.addContained(medication(otc));
        statement.setMedication(new Reference("#medication"));
        statement.setSubject(drafts.person());
        Period period = HeadMapping.period(record);
        if (!period.isEmpty()) {
            statement.setEffective(period);
        }
        Reference source = author.named();
        if (source != null) {
            statement.setInformationSource(source);
        }
        String key = NotebookDrafts.key(
                "otc", record.textOrEmpty("name"), record.code("jan"), HeadMapping.days(record), author.creator());
        drafts.add(statement, key, Set.of(PhrCategory.MEDICATION_SELF), record.place(), author);
    }

    private Medication medication(Otc otc) {
        NotebookRecord record = otc.medicine();
        Medication medication = new Medication();
        medication.setId("medication");
        medication.setCode(new CodeableConcept().setText(record.text("name")));
        if (record.text("jan") != null) {
            medication.addIdentifier().setSystem(NotebookSystem.JAN.url()).setValue(record.code("jan"));
        }
        for (NotebookRecord ingredient : otc.ingredients()) {
            if (medication.getIngredient().size() == MOST_INGREDIENTS) {
                faults.error(
                        "too-long",
                        "TC-6",
                        "more ingredients than are read; the rest is in the original only",
                        ingredient.place());
                break;
            }
            CodeableConcept item = new CodeableConcept().setText(ingredient.text("name"));
            CodeSystems.coding("ingredient-code-type", ingredient, "code-type", "code", faults)
                    .ifPresent(item::addCoding);
            medication.addIngredient().setItem(item);
        }
        return medication;
    }
}
