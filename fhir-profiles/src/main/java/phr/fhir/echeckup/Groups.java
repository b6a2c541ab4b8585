package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phr.fhir.jp.CheckupSystem;

/**
 * 一連検査 in the form (checkup-fhir.md §6.2): the groups that are stored, under their public code, with the members that are in the
 * document. Of a group without such a code the members come alone.
 */
final class Groups {

    private static final Set<String> KNOWN =
            Set.of("identifier", "status", "code", "subject", "encounter", "effectiveDateTime", "hasMember");

    private final Map<String, ObjectNode> groups = new LinkedHashMap<>();
    private final Map<String, List<JsonNode>> members = new LinkedHashMap<>();
    private final Remarks remarks;

    /** @param carried names of the results that the form can carry */
    Groups(List<ObjectNode> stored, Set<String> carried, Remarks remarks) {
        this.remarks = remarks;
        for (ObjectNode group : stored) {
            take(group, carried);
        }
    }

    static boolean isGroup(JsonNode observation) {
        return Tree.coding(observation.path("code"), CheckupSystem.GROUP.url()).isPresent()
                || Tree.coding(observation.path("code"), CheckupSystem.OWN_GROUP.url())
                        .isPresent();
    }

    private void take(ObjectNode group, Set<String> carried) {
        String name = Tree.name(group);
        if (Tree.coding(group.path("code"), CheckupSystem.GROUP.url()).isEmpty()) {
            remarks.left("ECF-4", "the form has no such group; its members come alone", name);
            return;
        }
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode member : group.path("hasMember")) {
            if (carried.contains(Tree.text(member, "reference"))) {
                found.add(member);
            } else {
                remarks.left("ECF-5", "leads to what is not in the document", name + ".hasMember");
            }
        }
        if (found.isEmpty()) {
            remarks.left("ECF-4", "a group without a member", name);
            return;
        }
        groups.put(name, group);
        members.put(name, found);
    }

    /** Names of all members. */
    Set<String> members() {
        Set<String> names = new LinkedHashSet<>();
        members.values().forEach(list -> list.forEach(member -> names.add(Tree.text(member, "reference"))));
        return names;
    }

    List<ObjectNode> all() {
        return List.copyOf(groups.values());
    }

    /** The first member of a group: the group stands where it would. */
    String first(ObjectNode group) {
        return Tree.text(members.getOrDefault(Tree.name(group), List.of()).get(0), "reference");
    }

    /** The group in the form. It has no category (C-6). */
    ObjectNode form(ObjectNode group, References references) {
        ObjectNode form = Tree.head(group);
        Results.instanceIdentifiers(group, form, remarks);
        form.put("status", "final");
        Tree.coding(group.path("code"), CheckupSystem.GROUP.url())
                .ifPresent(code -> form.set("code", Tree.concept(code)));
        references.copy(group, "subject", form);
        references.copy(group, "encounter", form);
        form.set("effectiveDateTime", group.path("effectiveDateTime").deepCopy());
        for (JsonNode member : members.getOrDefault(Tree.name(group), List.of())) {
            ObjectNode reference = member.deepCopy();
            reference.setAll(references.to(Tree.text(member, "reference")));
            form.withArray("hasMember").add(reference);
        }
        remarks.others(group, KNOWN);
        return form;
    }
}
