package phr.fhir.normalise.checkup;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupOid;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.Generation;
import phr.fhir.jp.ItemCoding;
import phr.fhir.normalise.xml.Element;

/** What the sender states beside the value: interpretation, method, reference range. Kept, never recomputed. */
final class Statements {

    private static final Set<String> FLAGS = Set.of("H", "L", "N");
    /** The dummy method that JAMI gave 尿中アルブミン, and its code for ALP その他 (checkup-fhir.md C-8, C-9). */
    private static final Set<String> ALIASES = Set.of("3A01510001", "3B07030009");

    private final Located issues;
    private final Generation generation;
    private final Units units;

    Statements(Located issues, Generation generation) {
        this.issues = issues;
        this.generation = generation;
        this.units = new Units(issues);
    }

    void map(Observation result, Element observation, @Nullable CheckupItem item) {
        observation.children("interpretationCode").forEach(flag -> interpretation(result, flag));
        observation.at("methodCode").ifPresent(method -> method(result, method, item));
        List<Element> ranges = observation.children("referenceRange");
        if (!ranges.isEmpty()) {
            range(result, ranges.get(0), item);
        }
        if (ranges.size() > 1) {
            issues.warning(
                    "business-rule", "CDA-6.4", "more than one reference range; the first is taken", ranges.get(1));
        }
    }

    private void interpretation(Observation result, Element flag) {
        String code = flag.code("code");
        if (code == null) {
            return;
        }
        if (FLAGS.contains(code)) {
            result.addInterpretation(Codings.concept(CheckupSystem.INTERPRETATION, code));
        } else {
            result.addInterpretation(new CodeableConcept().setText(code));
            issues.warning("code-invalid", "CDA-13", "unknown interpretation", flag);
        }
    }

    private void method(Observation result, Element method, @Nullable CheckupItem item) {
        String code = method.code("code");
        if (code == null) {
            return;
        }
        String system = method.code("codeSystem");
        result.setMethod(new CodeableConcept()
                .addCoding(Codings.under(system == null ? CheckupOid.METHOD.oid() : system, code)));
        if (item != null && !known(item, code)) {
            issues.information("code-invalid", "CDA-R8", "method is not one of the item", method);
        } else if (item != null && !ofGeneration(item, code)) {
            issues.information("code-invalid", "CDA-10", "method of another generation of the table", method);
        }
    }

    private static boolean known(CheckupItem item, String code) {
        return ALIASES.contains(code)
                || item.generations().values().stream().anyMatch(coding -> code.equals(coding.methodCode()));
    }

    private boolean ofGeneration(CheckupItem item, String code) {
        Optional<String> expected = item.in(generation).map(ItemCoding::methodCode);
        return ALIASES.contains(code) || expected.isEmpty() || expected.get().equals(code);
    }

    private void range(Observation result, Element range, @Nullable CheckupItem item) {
        Element value = range.at("observationRange", "value").orElse(null);
        if (value == null) {
            return;
        }
        ObservationReferenceRangeComponent component = new ObservationReferenceRangeComponent();
        value.at("low").flatMap(bound -> bound(bound, item)).ifPresent(component::setLow);
        value.at("high").flatMap(bound -> bound(bound, item)).ifPresent(component::setHigh);
        if (!component.isEmpty()) {
            result.addReferenceRange(component);
        }
    }

    private Optional<Quantity> bound(Element bound, @Nullable CheckupItem item) {
        String raw = bound.attribute("value");
        if (raw == null || raw.isBlank()) {
            return Optional.empty();
        }
        Optional<Quantity> quantity = Numbers.parse(raw).map(number -> units.quantity(number, bound, item));
        if (quantity.isEmpty()) {
            issues.warning("value", "N-12", "bound of the reference range is not a number", bound);
        }
        return quantity;
    }
}
