package phr.fhir.normalise.medication;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Dosage.DosageDoseAndRateComponent;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Ratio;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.medication.part.Faults;
import phr.fhir.normalise.medication.record.Codes;
import phr.fhir.normalise.medication.record.NotebookRecord;

/** Codes, amounts and usage of a medicine (records 201 and 301). */
final class Medicines {

    private static final BigDecimal MOST_DOSES = BigDecimal.valueOf(1_000_000);

    private final Faults faults;

    Medicines(Faults faults) {
        this.faults = faults;
    }

    /** The medicine as dispensed and, beside it, its generic name (一般名). */
    CodeableConcept concept(NotebookRecord drug) {
        CodeableConcept concept = new CodeableConcept().setText(drug.text("name"));
        CodeSystems.coding("drug-code-type", drug, "code-type", "code", faults).ifPresent(concept::addCoding);
        Optional<Coding> generic =
                CodeSystems.coding("generic-code-type", drug, "generic-code-type", "generic-code", faults);
        String name = drug.text("generic-name");
        if (name != null || generic.isPresent()) {
            concept.addCoding(generic.orElseGet(Coding::new).setDisplay(name));
        }
        return concept;
    }

    static DosageForm form(@Nullable NotebookRecord usage) {
        return DosageForm.of(usage == null ? "" : usage.code("form"));
    }

    static @Nullable Quantity amount(NotebookRecord drug) {
        BigDecimal value = drug.amount("amount").orElse(null);
        return value == null ? null : new Quantity().setValue(value).setUnit(drug.text("unit"));
    }

    /** For how many days; null unless the form is one that is counted in days. */
    static @Nullable Duration days(@Nullable NotebookRecord usage) {
        if (usage == null || form(usage).count() != DosageForm.Count.DAYS) {
            return null;
        }
        BigDecimal count = usage.amount("count").orElse(null);
        return count == null ? null : days(count);
    }

    private static Duration days(BigDecimal count) {
        Duration days = new Duration();
        days.setValue(count).setUnit("日").setSystem(NotebookSystem.UCUM.url()).setCode("d");
        return days;
    }

    /**
     * How to take it.
     *
     * @param instructions notes of professionals on it
     * @param dispensed total amounts and days stand in the MedicationDispense, not here
     */
    Dosage dosage(
            NotebookRecord drug, @Nullable NotebookRecord usage, List<NotebookRecord> instructions, boolean dispensed) {
        Dosage dosage = new Dosage();
        if (usage != null) {
            usage(dosage, usage, dispensed);
        }
        if (!instructions.isEmpty()) {
            dosage.setPatientInstruction(instructions.stream()
                    .map(note -> note.textOrEmpty("content"))
                    .distinct()
                    .collect(Collectors.joining("\n")));
        }
        Quantity amount = amount(drug);
        DosageForm.Amount meaning = form(usage).amount();
        if (amount != null && !(dispensed && meaning == DosageForm.Amount.TOTAL)) {
            dosage.addDoseAndRate(dose(amount, meaning));
        }
        return dosage;
    }

    private static DosageDoseAndRateComponent dose(Quantity amount, DosageForm.Amount meaning) {
        DosageDoseAndRateComponent dose = new DosageDoseAndRateComponent();
        dose.setType(new CodeableConcept().setText(meaning.japanese()));
        return meaning == DosageForm.Amount.DAY
                ? dose.setRate(new Ratio().setNumerator(amount).setDenominator(day()))
                : dose.setDose(amount);
    }

    private static Quantity day() {
        return new Quantity()
                .setValue(1)
                .setUnit("日")
                .setSystem(NotebookSystem.UCUM.url())
                .setCode("d");
    }

    private void usage(Dosage dosage, NotebookRecord usage, boolean dispensed) {
        String name = usage.text("name");
        dosage.setText(name);
        Optional<Coding> code = CodeSystems.coding("usage-code-type", usage, "code-type", "code", faults);
        code.ifPresent(coding -> dosage.getTiming().setCode(new CodeableConcept(coding).setText(name)));
        String form = usage.code("form");
        if (!form.isEmpty()) {
            CodeableConcept concept = Codes.name("form", form)
                    .map(japanese ->
                            new CodeableConcept(NotebookSystem.FORM.coding(form).setDisplay(japanese)))
                    .orElseGet(() -> new CodeableConcept().setText(form));
            dosage.addExtension(new Extension(NotebookSystem.FORM_EXTENSION.url(), concept));
        }
        count(dosage, usage, dispensed);
    }

    private static void count(Dosage dosage, NotebookRecord usage, boolean dispensed) {
        BigDecimal count = usage.amount("count").orElse(null);
        if (count == null) {
            return;
        }
        switch (form(usage).count()) {
            case DAYS -> {
                if (!dispensed) {
                    dosage.getTiming().getRepeat().setBounds(days(count));
                }
            }
            case DOSES -> {
                dosage.setAsNeeded(new BooleanType(true));
                if (count.stripTrailingZeros().scale() <= 0 && count.signum() > 0 && count.compareTo(MOST_DOSES) <= 0) {
                    dosage.getTiming().getRepeat().setCount(count.intValueExact());
                } else {
                    written(dosage, usage);
                }
            }
            case ONE -> {
                if (count.compareTo(BigDecimal.ONE) != 0) {
                    written(dosage, usage);
                }
            }
            default -> written(dosage, usage);
        }
    }

    /** A number of which the form does not tell what it counts. */
    private static void written(Dosage dosage, NotebookRecord usage) {
        dosage.addAdditionalInstruction().setText(usage.textOrEmpty("count") + usage.textOrEmpty("unit"));
    }
}
