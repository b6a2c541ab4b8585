package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/** The person in the form (checkup-fhir.md §6.3). What the record does not have, or the reader may not see, is said to be absent. */
final class Person {

    private static final Set<String> KNOWN = Set.of("identifier", "name", "gender", "birthDate", "address", "telecom");
    private static final String LOCAL = ECheckupSystem.LOCAL_PATIENT;
    private static final String EARLIER_LOCAL = "urn:oid:1.2.392.200119.6.102.1";
    private static final int FACILITY_DIGITS = 10;

    private final ObjectNode stored;
    private final String place;
    private final Remarks remarks;

    Person(ObjectNode stored, Remarks remarks) {
        this.stored = stored;
        this.place = Tree.text(stored, "resourceType");
        this.remarks = remarks;
    }

    /** @param memberId empty = not known */
    ObjectNode form(Optional<String> memberId) {
        ObjectNode form = Tree.head(stored);
        memberId.ifPresentOrElse(
                id -> form.withArray("identifier")
                        .add(Tree.object()
                                .put("system", ECheckupSystem.MEMBER_ID.url())
                                .put("value", id)),
                () -> remarks.missing("member id of the insurance", place + ".identifier"));
        stored.path("identifier").forEach(identifier -> local(identifier, form));
        names(form);
        copy("telecom", form);
        demanded("gender", form);
        demanded("birthDate", form);
        address(form);
        remarks.others(stored, KNOWN);
        return form;
    }

    /** Numbers of facilities stay, other identifiers are of other systems. */
    private void local(JsonNode identifier, ObjectNode form) {
        String system = Tree.text(identifier, "system");
        for (String root : new String[] {LOCAL, EARLIER_LOCAL}) {
            String facility = system.startsWith(root) ? system.substring(root.length()) : "";
            if (facility.length() == FACILITY_DIGITS) {
                ObjectNode kept = identifier.deepCopy();
                form.withArray("identifier").add(kept.put("system", LOCAL + facility));
                return;
            }
        }
        remarks.left("ECF-2", "identifier of another system", place + ".identifier");
    }

    /** No full-width space in a name. */
    private void names(ObjectNode form) {
        if (stored.path("name").isEmpty()) {
            ObjectNode name = Tree.object();
            name.set("_text", Tree.absent(Tree.redacted(stored)));
            form.set("name", Tree.list(name));
            remarks.missing("name", place + ".name");
            return;
        }
        for (JsonNode name : stored.path("name")) {
            ObjectNode kept = name.deepCopy();
            if (kept.has("text")) {
                kept.put("text", Tree.text(kept, "text").replace('\u3000', ' '));
            }
            form.withArray("name").add(kept);
        }
    }

    private void copy(String field, ObjectNode form) {
        if (stored.has(field)) {
            form.set(field, stored.get(field).deepCopy());
        }
    }

    private void demanded(String field, ObjectNode form) {
        copy(field, form);
        if (!stored.has(field)) {
            form.set("_" + field, Tree.absent(Tree.redacted(stored)));
            remarks.missing(field, place + "." + field);
        }
    }

    /** One, with words. */
    private void address(ObjectNode form) {
        JsonNode first = stored.path("address").path(0);
        ObjectNode address = first.isObject() ? first.deepCopy() : Tree.object();
        if (Tree.text(address, "text").isEmpty()) {
            address.set("_text", Tree.absent(Tree.redacted(stored)));
            remarks.missing("address in words", place + ".address.text");
        }
        form.set("address", Tree.list(address));
        if (stored.path("address").size() > 1) {
            remarks.left("ECF-2", "the form has one; the others stay in the record", place + ".address");
        }
    }
}
