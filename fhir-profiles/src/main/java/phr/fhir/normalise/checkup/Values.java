package phr.fhir.normalise.checkup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.Generation;
import phr.fhir.jp.ValueType;
import phr.fhir.normalise.xml.Element;

/** The result of one observation: value semantics of checkup-cda.md §7. Values may come in any order. */
final class Values {

    private static final String BEYOND_OID = "2.16.840.1.113883.5.83";
    private static final Set<String> BEYOND = Set.of("L", "H");

    private final Located issues;
    private final Answers answers;
    private final Units units;

    Values(Located issues, Generation generation) {
        this.issues = issues;
        this.answers = new Answers(issues, generation);
        this.units = new Units(issues);
    }

    /** Sets status, value or the reason of its absence, and the first interpretation. */
    void map(Observation result, Element observation, @Nullable CheckupItem item, boolean groupNegated) {
        List<Element> values = observation.children("value");
        if (groupNegated || Absence.negated(observation)) {
            Absence.NOT_PERFORMED.set(result);
            if (values.stream().anyMatch(value -> !value.isNull())) {
                issues.warning(
                        "business-rule",
                        "CDA-7",
                        "not performed, and yet a value; it stays in the original",
                        observation);
            }
            return;
        }
        result.setStatus(ObservationStatus.FINAL);
        List<Element> usable =
                new ArrayList<>(values.stream().filter(value -> !value.isNull()).toList());
        Element limit = take(usable, value -> isLimit(value, item, usable));
        Element main = main(usable, item);
        if (usable.size() > (main == null ? 0 : 1)) {
            issues.warning(
                    "business-rule", "CDA-R8", "more than one value; the others stay in the original", observation);
        }
        if (main != null) {
            value(result, main, item, limit);
        } else {
            absent(result, observation, values, limit);
        }
        if (limit != null) {
            result.addInterpretation(Codings.concept(CheckupSystem.INTERPRETATION, limit.code("code") + "X"));
        }
    }

    private static @Nullable Element take(List<Element> from, Predicate<Element> which) {
        Element found = from.stream().filter(which).findFirst().orElse(null);
        from.remove(found);
        return found;
    }

    /** 以下 / 以上 beside or instead of a number. */
    private static boolean isLimit(Element value, @Nullable CheckupItem item, List<Element> all) {
        String code = value.code("code");
        if (code == null || !BEYOND.contains(code)) {
            return false;
        }
        String system = value.code("codeSystem");
        boolean number = item != null && item.type() == ValueType.PQ
                || all.stream().anyMatch(other -> "PQ".equals(type(other, item)));
        return BEYOND_OID.equals(system) || system == null && number;
    }

    /** The value of the item's own type, else the first. */
    private static @Nullable Element main(List<Element> usable, @Nullable CheckupItem item) {
        String expected = item == null ? "PQ" : item.type().name();
        return usable.stream()
                .filter(value -> expected.equals(type(value, item)))
                .findFirst()
                .orElse(usable.isEmpty() ? null : usable.get(0));
    }

    private void value(Observation result, Element value, @Nullable CheckupItem item, @Nullable Element limit) {
        String type = type(value, item);
        if (item != null && !type.equals(item.type().name())) {
            issues.warning("value", "CDA-6.4", "type of the value is not that of the item", value);
        }
        switch (type) {
            case "PQ", "REAL", "INT" -> number(result, value, item, limit);
            case "CD", "CO", "CE", "CV", "CS" -> answers.map(result, value, item);
            default -> text(result, value);
        }
    }

    private void number(Observation result, Element value, @Nullable CheckupItem item, @Nullable Element limit) {
        String raw = value.attribute("value");
        if (raw == null || raw.isBlank()) {
            Absence.NO_ENTRY.set(result);
            issues.warning("required", "CDA-6.4", "number without value", value);
            return;
        }
        Numbers.parse(raw)
                .ifPresentOrElse(
                        parsed -> {
                            Quantity quantity = units.quantity(parsed, value, item);
                            if (limit != null) {
                                quantity.setComparator(
                                        "L".equals(limit.code("code"))
                                                ? QuantityComparator.LESS_OR_EQUAL
                                                : QuantityComparator.GREATER_OR_EQUAL);
                            }
                            result.setValue(quantity);
                        },
                        () -> {
                            Absence.unreadable(result, raw.strip());
                            issues.warning("value", "N-12", "not a number", value);
                        });
    }

    private void text(Observation result, Element value) {
        String text = value.allText().isBlank() && value.attribute("value") != null
                ? value.attribute("value")
                : value.children().isEmpty() ? value.text() : value.allText();
        if (text == null || text.isBlank()) {
            Absence.NO_ENTRY.set(result);
        } else {
            result.setValue(new StringType(text));
        }
    }

    private void absent(Observation result, Element observation, List<Element> values, @Nullable Element limit) {
        if (limit != null) {
            Absence.beyond(result, "L".equals(limit.code("code")));
            issues.warning("value", "CDA-7", "outside the measurable range, without the limit as number", limit);
        } else if (values.isEmpty()) {
            Absence.NO_ENTRY.set(result);
            issues.warning("required", "CDA-6.1", "observation without value", observation);
        } else {
            Absence.NOT_MEASURABLE.set(result);
            if (values.stream().noneMatch(value -> "NI".equals(value.code("nullFlavor")))) {
                issues.warning(
                        "code-invalid", "CDA-7", "null flavor other than NI; read as not measurable", values.get(0));
            }
        }
    }

    /** Local name of {@code xsi:type}; without one, what the attributes and the item's row suggest. */
    private static String type(Element value, @Nullable CheckupItem item) {
        String type = value.code("xsi:type");
        if (type != null) {
            return type.substring(type.indexOf(':') + 1);
        }
        if (value.code("code") != null) {
            return item != null && item.type() == ValueType.CO ? "CO" : "CD";
        }
        return value.attribute("value") != null && (item == null || item.type() == ValueType.PQ) ? "PQ" : "ST";
    }
}
