package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.text.Width;

/** Who did the checkup and who wrote of it, the visit, and physicians (checkup-fhir.md §6.3). */
final class Facility {

    private static final Pattern NUMBER = Pattern.compile("[0-4][0-9][1-3][0-9]{7}");
    private static final Set<String> KNOWN = Set.of("identifier", "type", "name", "telecom", "address");
    private static final Set<String> VISIT_KNOWN =
            Set.of("status", "class", "type", "subject", "serviceType", "period", "serviceProvider");
    private static final Set<String> PHYSICIAN_KNOWN = Set.of("name");

    private Facility() {}

    /** 健診・保健指導機関番号, ten half-width digits; empty when there is none that could be one. */
    static Optional<String> number(JsonNode organization) {
        for (JsonNode identifier : organization.path("identifier")) {
            String value = Width.nfkcTrimmed(Tree.text(identifier, "value"));
            if (Tree.text(identifier, "system").equals(CheckupSystem.FACILITY_NUMBER.url())
                    && NUMBER.matcher(value).matches()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** @param performer it did the checkup */
    static ObjectNode organization(ObjectNode stored, boolean performer, Remarks remarks) {
        ObjectNode form = Tree.head(stored);
        String place = Tree.name(stored);
        identifiers(stored, form, remarks);
        types(stored, performer, form);
        for (String field : new String[] {"name", "telecom"}) {
            if (stored.has(field)) {
                form.set(field, stored.get(field).deepCopy());
            }
        }
        JsonNode address = stored.path("address").path(0);
        if (address.isObject()) {
            form.set("address", Tree.list(address.deepCopy()));
        }
        if (!form.has("name")) {
            remarks.missing("name of the organisation", place + ".name");
        }
        remarks.others(stored, KNOWN);
        return form;
    }

    private static void identifiers(ObjectNode stored, ObjectNode form, Remarks remarks) {
        for (JsonNode identifier : stored.path("identifier")) {
            if (Tree.text(identifier, "system").equals(CheckupSystem.FACILITY_NUMBER.url())) {
                form.withArray("identifier")
                        .add(Tree.object()
                                .put("system", CheckupSystem.FACILITY_NUMBER.url())
                                .put("value", Width.nfkcTrimmed(Tree.text(identifier, "value"))));
            } else {
                remarks.left("ECF-2", "identifier of another system", Tree.name(stored) + ".identifier");
            }
        }
    }

    private static void types(ObjectNode stored, boolean performer, ObjectNode form) {
        for (String role : new String[] {"exec-org", "doc-org", "admin-org"}) {
            if (StoredCheckup.hasRole(stored, role)) {
                type(form, role);
            }
        }
        if (!form.has("type")) {
            type(form, performer ? "exec-org" : "doc-org");
        }
    }

    private static void type(ObjectNode form, String role) {
        form.withArray("type").add(Tree.concept(Tree.coding(CheckupSystem.FACILITY_ROLE.url(), role)));
    }

    static ObjectNode visit(StoredCheckup checkup, References references, Remarks remarks) {
        ObjectNode stored = checkup.visit();
        String place = Tree.name(stored);
        ObjectNode form = Tree.head(stored);
        form.put("status", "finished");
        form.set(
                "class",
                Tree.coding(CheckupSystem.ENCOUNTER_CLASS.url(), "checkup").put("display", "健診"));
        if (stored.has("type")) {
            form.set("type", stored.get("type").deepCopy());
        }
        Tree.coding(stored.path("serviceType"), ECheckupSystem.SERVICE_TYPE.url())
                .ifPresent(coding -> form.set("serviceType", Tree.concept(coding)));
        references.copy(stored, "subject", form);
        period(stored, form, remarks);
        references.copy(stored, "serviceProvider", form);
        if (!form.has("serviceProvider")) {
            remarks.missing("organisation that did the checkup", place + ".serviceProvider");
        }
        remarks.others(stored, VISIT_KNOWN);
        return form;
    }

    /** Begin and end; of a checkup of one day both are the day. */
    private static void period(ObjectNode stored, ObjectNode form, Remarks remarks) {
        ObjectNode period =
                stored.path("period").isObject() ? stored.get("period").deepCopy() : Tree.object();
        if (!period.has("start")) {
            remarks.missing("begin of the checkup", Tree.name(stored) + ".period.start");
        } else if (!period.has("end")) {
            period.set("end", period.get("start").deepCopy());
        }
        if (!period.isEmpty()) {
            form.set("period", period);
        }
    }

    static ObjectNode physician(ObjectNode stored, Remarks remarks) {
        ObjectNode form = Tree.head(stored);
        if (stored.has("name")) {
            form.set("name", stored.get("name").deepCopy());
        }
        remarks.others(stored, PHYSICIAN_KNOWN);
        return form;
    }
}
