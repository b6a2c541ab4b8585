package phr.fhir.normalise.vendor.record;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.MedicationDispense;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Role;

/** Rows that are one resource each: 予防接種, 調剤, 医療費. None has its identity yet; null where the row lacks what it is about. */
final class Records {

    private static final String ADJUDICATION = "http://terminology.hl7.org/CodeSystem/adjudication";

    private Records() {}

    static @Nullable Immunization immunization(Cells cells, When when) {
        Column column = cells.kind().column(Role.VACCINE, cells.group());
        String name = cells.text(column);
        if (column == null || name.isEmpty()) {
            return null;
        }
        Immunization given = new Immunization();
        given.setStatus(Immunization.ImmunizationStatus.COMPLETED);
        CodeableConcept vaccine = new CodeableConcept().setText(name);
        String code = column.details().getOrDefault(name, "");
        given.setVaccineCode(code.isEmpty() ? vaccine : vaccine.addCoding(Item.coding(code)));
        given.setOccurrence(new DateTimeType(when.fhir()));
        given.setPrimarySource(false);
        if (!cells.text(Role.LOT).isEmpty()) {
            given.setLotNumber(cells.text(Role.LOT));
        }
        dose(given, cells.text(Role.DOSE));
        Reference facility = cells.facility();
        if (facility != null) {
            given.addPerformer().setActor(facility);
        }
        if (!cells.text(Role.NOTE).isEmpty()) {
            given.addNote().setText(cells.text(Role.NOTE));
        }
        return given;
    }

    private static void dose(Immunization given, String written) {
        if (written.isEmpty()) {
            return;
        }
        BigDecimal number = Cells.number(written);
        given.addProtocolApplied()
                .setDoseNumber(
                        number != null && count(number)
                                ? new PositiveIntType(number.intValueExact())
                                : new StringType(written));
    }

    private static boolean count(BigDecimal number) {
        return number.scale() <= 0 && number.signum() > 0 && number.precision() < 3;
    }

    static @Nullable MedicationDispense dispense(Cells cells, When when) {
        String name = cells.text(Role.MEDICINE);
        if (name.isEmpty()) {
            return null;
        }
        MedicationDispense handed = new MedicationDispense();
        handed.setStatus(MedicationDispense.MedicationDispenseStatus.COMPLETED);
        handed.setMedication(medicine(name, cells));
        handed.setWhenHandedOverElement(new DateTimeType(when.fhir()));
        amount(handed, cells);
        if (!cells.text(Role.USAGE).isEmpty()) {
            handed.addDosageInstruction(new Dosage().setText(cells.text(Role.USAGE)));
        }
        Reference facility = cells.facility();
        if (facility != null) {
            handed.addPerformer().setActor(facility);
        }
        if (!cells.text(Role.NOTE).isEmpty()) {
            handed.addNote().setText(cells.text(Role.NOTE));
        }
        return handed;
    }

    private static CodeableConcept medicine(String name, Cells cells) {
        CodeableConcept medicine = new CodeableConcept().setText(name);
        Column code = cells.kind().column(Role.MEDICINE_CODE, cells.group());
        if (code != null && !cells.text(code).isEmpty()) {
            String system = code.details().keySet().iterator().next();
            medicine.addCoding(new Coding().setSystem(system).setCode(cells.text(code)));
        }
        return medicine;
    }

    private static void amount(MedicationDispense handed, Cells cells) {
        Column amount = cells.kind().column(Role.AMOUNT, cells.group());
        BigDecimal number = cells.number(Role.AMOUNT);
        if (amount != null && number != null) {
            String unit = cells.unit(amount);
            handed.setQuantity(new Quantity().setValue(number).setUnit(unit.isEmpty() ? null : unit));
        }
        BigDecimal days = cells.number(Role.SUPPLY);
        if (days != null) {
            handed.setDaysSupply(new Quantity()
                    .setValue(days)
                    .setUnit("日")
                    .setSystem("http://unitsofmeasure.org")
                    .setCode("d"));
        }
    }

    /** What R4 demands and such a list does not say stands as text. */
    static @Nullable ExplanationOfBenefit cost(Cells cells, When when) {
        ExplanationOfBenefit cost = new ExplanationOfBenefit();
        totals(cost, cells);
        if (!cost.hasTotal()) {
            return null;
        }
        cost.setStatus(ExplanationOfBenefit.ExplanationOfBenefitStatus.ACTIVE);
        cost.setType(new CodeableConcept().setText("医療費通知"));
        cost.setUse(ExplanationOfBenefit.Use.CLAIM);
        cost.setOutcome(ExplanationOfBenefit.RemittanceOutcome.COMPLETE);
        cost.setBillablePeriod(new Period()
                .setStartElement(new DateTimeType(when.fhir()))
                .setEndElement(new DateTimeType(when.fhir())));
        cost.setCreatedElement(new DateTimeType(when.last().toString()));
        cost.setInsurer(new Reference().setDisplay("保険者 (記載なし)"));
        Reference facility = cells.facility();
        cost.setProvider(facility == null ? new Reference().setDisplay("医療機関 (記載なし)") : facility);
        cost.addInsurance().setFocal(true).setCoverage(new Reference().setDisplay("保険資格 (記載なし)"));
        if (!cells.text(Role.NOTE).isEmpty()) {
            cost.addProcessNote().setText(cells.text(Role.NOTE));
        }
        return cost;
    }

    private static void totals(ExplanationOfBenefit cost, Cells cells) {
        for (Column column : cells.kind().columns(Role.COST, cells.group())) {
            BigDecimal yen = Cells.number(cells.text(column));
            if (yen != null) {
                String[] what = column.details().keySet().iterator().next().split(" ", 2);
                Coding coding = new Coding().setSystem(ADJUDICATION).setCode(what[0]);
                CodeableConcept category = new CodeableConcept().addCoding(coding);
                cost.addTotal()
                        .setCategory(what.length > 1 ? category.setText(what[1]) : category)
                        .setAmount(new Money().setValue(yen).setCurrency("JPY"));
            }
        }
    }
}
