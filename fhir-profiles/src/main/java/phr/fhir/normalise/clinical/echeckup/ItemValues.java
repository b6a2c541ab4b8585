package phr.fhir.normalise.clinical.echeckup;

import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;
import phr.fhir.jp.AnswerLists;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.CheckupUnits;
import phr.fhir.jp.MunicipalItems;
import phr.fhir.normalise.checkup.Absence;
import phr.fhir.text.Width;

/**
 * The value of a result: its unit by the item table, the names of its answers by the pair of list and code, the reason of its absence in
 * words (checkup-cda.md §7, §11, CDA-R6). What the sender states is kept; interpretation is never computed (C-12).
 */
final class ItemValues {

    private static final String OID = "urn:oid:";
    private static final String ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue";

    private final Consumer<Issue> issues;

    ItemValues(Consumer<Issue> issues) {
        this.issues = issues;
    }

    /** @param alone its components, if it had any, say nothing in its place */
    void check(Observation result, @Nullable CheckupItem item, String place, boolean alone) {
        if (result.getValue() instanceof Quantity quantity) {
            limit(result, quantity);
            if (item != null) {
                unit(quantity, item, place + ".valueQuantity");
            }
        } else if (result.getValue() instanceof CodeableConcept answer) {
            answer(answer, item, place + ".valueCodeableConcept");
        }
        type(result, item, place);
        absence(result, place, alone);
        if (!result.getSpecimen().hasReference()) {
            result.getSpecimen().setType(null);
        }
    }

    private void type(Observation result, @Nullable CheckupItem item, String place) {
        Type value = result.getValue();
        if (item == null || value == null) {
            return;
        }
        boolean expected =
                switch (item.type()) {
                    case PQ -> value instanceof Quantity;
                    case CD, CO -> value instanceof CodeableConcept;
                    case ST -> value instanceof StringType;
                };
        if (!expected) {
            warn("value", "CDA-6.4", "type of the value is not that of the item", place + ".value");
        }
    }

    /** Documents tell that the measurable range was left by the interpretation alone. */
    private static void limit(Observation result, Quantity quantity) {
        if (quantity.hasComparator()) {
            return;
        }
        result.getInterpretation().stream()
                .flatMap(concept -> concept.getCoding().stream())
                .filter(coding -> CheckupSystem.INTERPRETATION.url().equals(coding.getSystem()))
                .map(Coding::getCode)
                .filter(code -> "LX".equals(code) || "HX".equals(code))
                .findFirst()
                .ifPresent(code -> quantity.setComparator(
                        code.equals("LX") ? QuantityComparator.LESS_OR_EQUAL : QuantityComparator.GREATER_OR_EQUAL));
    }

    private void unit(Quantity quantity, CheckupItem item, String place) {
        String own = item.xmlUnit();
        if (own == null) {
            if (quantity.hasUnit() || quantity.hasCode()) {
                warn("code-invalid", "CDA-11", "unit where the item has none", place);
            }
            return;
        }
        if (!quantity.hasUnit() && !quantity.hasCode()) {
            issues.accept(Issue.information("required", "CDA-11", "no unit; the item's own is taken", place));
        } else if (!same(item, quantity)) {
            warn("code-invalid", "CDA-11", "unit contradicts the item; not converted", place);
            return;
        }
        if (!quantity.hasUnit()) {
            quantity.setUnit(item.displayUnit());
        }
        quantity.setSystem(CheckupSystem.UCUM.url()).setCode(CheckupUnits.ucum(own));
    }

    private static boolean same(CheckupItem item, Quantity quantity) {
        String code = quantity.getCode();
        if (code == null) {
            return CheckupUnits.same(item, quantity.getUnit());
        }
        return code.equals(CheckupUnits.ucum(String.valueOf(item.xmlUnit()))) || CheckupUnits.same(item, code);
    }

    private void answer(CodeableConcept answer, @Nullable CheckupItem item, String place) {
        for (Coding coding : answer.getCoding()) {
            coding.getExtension().removeIf(extension -> ORDINAL.equals(extension.getUrl()));
            if (!coding.hasSystem() && item != null) {
                item.onlyAnswerOid().ifPresent(oid -> coding.setSystem(OID + oid));
            }
            String system = String.valueOf(coding.getSystem());
            String oid = system.startsWith(OID) ? system.substring(OID.length()) : "";
            Optional<String> display = AnswerLists.display(oid, Width.nfkcTrimmed(String.valueOf(coding.getCode())));
            if (display.isPresent()) {
                coding.setDisplay(display.get());
            } else if (!oid.startsWith(MunicipalItems.ANSWERS)) {
                // what the answers of municipal checkups mean is not public
                warn("code-invalid", "CDA-R8", "answer outside the known lists", place);
            }
            if (item != null && !item.answersFrom(oid)) {
                warn("code-invalid", "CDA-12", "answer list is not one of the item", place);
            }
        }
    }

    /** A reason without words gets those of its code (C-4). */
    private void absence(Observation result, String place, boolean alone) {
        if (result.hasDataAbsentReason()) {
            CodeableConcept reason = result.getDataAbsentReason();
            if (!reason.hasText()) {
                Absence.of(String.valueOf(reason.getCodingFirstRep().getCode()))
                        .ifPresent(known -> reason.setText(known.text()));
                warn("required", "ECH-4", "a reason of absence without words", place + ".dataAbsentReason");
            }
        } else if (!result.hasValue() && alone) {
            Observation.ObservationStatus status = result.getStatus();
            Absence.NO_ENTRY.set(result);
            result.setStatus(status);
            warn("required", "CDA-6.1", "observation without value", place);
        }
    }

    private void warn(String code, String rule, String text, String place) {
        issues.accept(Issue.warning(code, rule, text, place));
    }
}
