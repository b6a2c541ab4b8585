package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.Generation;
import phr.fhir.normalise.checkup.Absence;

/** One result in the form (checkup-fhir.md §6.1). Values are copied as they are stored, never computed. */
final class Results {

    private static final Set<String> VALUES =
            Set.of("valueQuantity", "valueCodeableConcept", "valueString", "valueDateTime");
    private static final Set<String> KNOWN = Set.of(
            "identifier",
            "status",
            "category",
            "code",
            "subject",
            "encounter",
            "effectiveDateTime",
            "performer",
            "valueQuantity",
            "valueCodeableConcept",
            "valueString",
            "valueDateTime",
            "dataAbsentReason",
            "interpretation",
            "method",
            "specimen",
            "referenceRange");

    private static final Set<String> STATED = Set.of("final", "amended", "corrected", "cancelled");
    private static final Set<String> FLAGS = Set.of("H", "L", "N", "HX", "LX");
    private static final Set<String> JLAC10 = Set.of(
            ECheckupSystem.JLAC10.url(),
            "http://medis.or.jp/CodeSystem/master-JLAC10-17digits",
            "http://jpfhir.jp/fhir/eCheckup/CodeSystem/jlac10");

    private final References references;
    private final Remarks remarks;
    private final String date;

    /** @param date of the checkup, for a result that has none; empty = not known */
    Results(References references, Remarks remarks, String date) {
        this.references = references;
        this.remarks = remarks;
        this.date = date;
    }

    /** The code of the form for a result: an item of the table of FY2024, or JLAC10; empty when the form has none. */
    static Optional<ObjectNode> code(JsonNode result) {
        for (JsonNode coding : result.at("/code/coding")) {
            boolean item = Tree.text(coding, "system").equals(CheckupSystem.ITEM.url())
                    && item(coding)
                            .flatMap(found -> found.in(Generation.FY2024))
                            .isPresent();
            if (item) {
                return Optional.of(((ObjectNode) coding).deepCopy());
            }
        }
        for (JsonNode coding : result.at("/code/coding")) {
            if (JLAC10.contains(Tree.text(coding, "system")) && coding.hasNonNull("code")) {
                ObjectNode kept = coding.deepCopy();
                return Optional.of(kept.put("system", ECheckupSystem.JLAC10.url()));
            }
        }
        return Optional.empty();
    }

    /** The row of the item table; empty for a code of JLAC10 that it does not have. */
    static Optional<CheckupItem> item(JsonNode coding) {
        return CheckupItems.find(Tree.text(coding, "code"));
    }

    /** False when it stays in the record only, with a remark. */
    static boolean carried(ObjectNode result, Remarks remarks) {
        String name = Tree.name(result);
        if (code(result).isEmpty()) {
            remarks.left("ECF-1", "the form has no code for it", name + ".code");
            return false;
        }
        if (!STATED.contains(Tree.text(result, "status"))) {
            remarks.left("ECF-1", "no final result", name + ".status");
            return false;
        }
        for (Iterator<String> fields = result.fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            if (field.matches("value[A-Z].*") && !VALUES.contains(field)) {
                remarks.left("ECF-1", "the form has no value of this type", name + ".value");
                return false;
            }
        }
        if (result.has("component")) {
            remarks.left("ECF-1", "the form has components for texts only", name + ".component");
            return false;
        }
        return true;
    }

    /** @param texts that stand in it as components */
    ObjectNode form(ObjectNode stored, List<ObjectNode> texts) {
        ObjectNode form = Tree.head(stored);
        instanceIdentifiers(stored, form, remarks);
        form.put("status", Tree.text(stored, "status").equals("cancelled") ? "cancelled" : "final");
        category(stored, form);
        code(stored).ifPresent(code -> form.set("code", Tree.concept(code)));
        references.copy(stored, "subject", form);
        references.copy(stored, "encounter", form);
        effective(stored, form);
        one(stored, "performer", form);
        VALUES.stream()
                .filter(stored::has)
                .forEach(value -> form.set(value, stored.get(value).deepCopy()));
        absence(stored, form);
        interpretation(stored, form);
        method(stored, form);
        specimen(stored, form);
        range(stored, form);
        texts.forEach(text -> component(text, form));
        remarks.others(stored, KNOWN);
        return form;
    }

    /** Identifiers of this form's own system stay, others are of other systems (FHIR-R2). */
    static void instanceIdentifiers(ObjectNode stored, ObjectNode form, Remarks remarks) {
        for (JsonNode identifier : stored.path("identifier")) {
            if (Tree.text(identifier, "system").equals(ECheckupSystem.INSTANCE_ID.url())) {
                form.withArray("identifier").add(identifier.deepCopy());
            } else {
                remarks.left("ECF-2", "identifier of another system", Tree.name(stored) + ".identifier");
            }
        }
    }

    /** Exactly one (C-5). */
    private void category(ObjectNode stored, ObjectNode form) {
        if (stored.path("category").isEmpty()) {
            remarks.missing("category of the result", Tree.name(stored) + ".category");
            return;
        }
        form.set("category", Tree.list(stored.path("category").get(0).deepCopy()));
        if (stored.path("category").size() > 1) {
            more(stored, "category");
        }
    }

    private void effective(ObjectNode stored, ObjectNode form) {
        if (stored.has("effectiveDateTime")) {
            form.set("effectiveDateTime", stored.get("effectiveDateTime").deepCopy());
        } else if (!date.isEmpty()) {
            form.put("effectiveDateTime", date);
            remarks.left(
                    "ECF-3", "no such time of the result; the day of the checkup stands for it", Tree.name(stored));
        } else {
            remarks.missing("time of the result", Tree.name(stored) + ".effective");
        }
    }

    private void one(ObjectNode stored, String field, ObjectNode form) {
        references.copy(stored, field, form);
        if (form.path(field).size() > 1) {
            form.set(field, Tree.list(form.path(field).get(0)));
            more(stored, field);
        }
    }

    /** The reason has words. */
    private static void absence(ObjectNode stored, ObjectNode form) {
        if (!stored.has("dataAbsentReason")) {
            return;
        }
        ObjectNode reason = stored.get("dataAbsentReason").deepCopy();
        if (Tree.text(reason, "text").isEmpty()) {
            String code = Tree.coding(reason, CheckupSystem.DATA_ABSENT_REASON.url())
                    .map(coding -> Tree.text(coding, "code"))
                    .orElse("");
            reason.put("text", Absence.of(code).orElse(Absence.NO_ENTRY).text());
        }
        form.set("dataAbsentReason", reason);
    }

    /** The first: beyond the measurable range, else what the sender says (checkup-cda.md §6.4, C-12). */
    private void interpretation(ObjectNode stored, ObjectNode form) {
        JsonNode all = stored.path("interpretation");
        if (all.isEmpty()) {
            return;
        }
        Tree.coding(all.get(0), CheckupSystem.INTERPRETATION.url())
                .filter(coding -> FLAGS.contains(Tree.text(coding, "code")))
                .ifPresentOrElse(
                        coding -> form.set("interpretation", Tree.list(Tree.concept(coding))),
                        () -> remarks.left(
                                "ECF-2", "the form has no such interpretation", Tree.name(stored) + ".interpretation"));
        if (all.size() > 1) {
            more(stored, "interpretation");
        }
    }

    private void method(ObjectNode stored, ObjectNode form) {
        if (!stored.has("method")) {
            return;
        }
        Tree.coding(stored.get("method"), CheckupSystem.METHOD.url())
                .ifPresentOrElse(
                        coding -> form.set("method", Tree.concept(coding)),
                        () -> remarks.left("ECF-2", "method of another system", Tree.name(stored) + ".method"));
    }

    /** Words only: the form refers to no Specimen, and the type that it has for them is no type of R4. */
    private void specimen(ObjectNode stored, ObjectNode form) {
        if (!stored.has("specimen")) {
            return;
        }
        String display = Tree.text(stored.get("specimen"), "display");
        if (display.isEmpty()) {
            remarks.left("ECF-2", "a specimen without words", Tree.name(stored) + ".specimen");
        } else {
            form.set("specimen", Tree.object().put("display", display));
        }
    }

    private void range(ObjectNode stored, ObjectNode form) {
        JsonNode all = stored.path("referenceRange");
        if (all.isEmpty()) {
            return;
        }
        ObjectNode range = ((ObjectNode) all.get(0)).deepCopy();
        boolean whole =
                range.size() == range.deepCopy().retain("low", "high", "text").size();
        range.retain("low", "high", "text");
        if (!range.isEmpty()) {
            form.set("referenceRange", Tree.list(range));
        }
        if (all.size() > 1 || !whole) {
            more(stored, "referenceRange");
        }
    }

    private void component(ObjectNode text, ObjectNode form) {
        ObjectNode component = Tree.object();
        ObjectNode performers = Tree.object();
        one(text, "performer", performers);
        for (JsonNode performer : performers.path("performer")) {
            ObjectNode extension = Tree.object().put("url", ECheckupSystem.COMPONENT_PERFORMER.url());
            extension.set("valueReference", performer);
            component.withArray("extension").add(extension);
        }
        code(text).ifPresent(code -> component.set("code", Tree.concept(code)));
        component.set("valueString", text.get("valueString").deepCopy());
        form.withArray("component").add(component);
    }

    private void more(ObjectNode stored, String field) {
        remarks.left("ECF-2", "the form has one; the others stay in the record", Tree.name(stored) + "." + field);
    }
}
