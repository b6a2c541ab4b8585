package phr.fhir.normalise.clinical.echeckup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import phr.fhir.failure.Issue;
import phr.fhir.jp.CheckupCategory;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.GroupRelation;

/** 一連検査: a group and how its members belong to it (checkup-fhir.md §6.2). */
final class Groups {

    private static final Set<String> SYSTEMS = Set.of(CheckupSystem.GROUP.url(), CheckupSystem.OWN_GROUP.url());
    private static final Map<String, String> EARLIER = Map.of("2A000", "2A020");

    private final Map<String, String> items;
    private final Consumer<Issue> issues;

    /** @param items of the results of the file by their references */
    Groups(Map<String, String> items, Consumer<Issue> issues) {
        this.items = items;
        this.issues = issues;
    }

    static boolean isGroup(Observation observation) {
        return observation.getCode().getCoding().stream().anyMatch(Groups::ofGroups);
    }

    private static boolean ofGroups(Coding coding) {
        return SYSTEMS.contains(String.valueOf(coding.getSystem())) && coding.hasCode();
    }

    /** False when no member is in the file, so that there is nothing to group. */
    boolean map(Observation group, String place) {
        Coding code = group.getCode().getCoding().stream()
                .filter(Groups::ofGroups)
                .findFirst()
                .orElseThrow();
        code.setCode(EARLIER.getOrDefault(code.getCode(), code.getCode()));
        group.setCode(new CodeableConcept().addCoding(code.setDisplay(null)));
        // newer JP Core wants a category, eCheckup forbids it (C-6)
        group.setCategory(new ArrayList<>());
        List<Reference> members =
                group.getHasMember().stream().filter(Reference::hasReference).toList();
        if (!members.isEmpty() && members.size() < group.getHasMember().size()) {
            issues.accept(Issue.warning(
                    "not-found", "ECH-6", "a member of a group is not in the file", place + ".hasMember"));
        }
        members.forEach(this::relate);
        group.setHasMember(new ArrayList<>(members));
        boolean whole = !members.isEmpty() && !group.hasValue() && !group.hasComponent() && group.hasEffective();
        if (!whole) {
            issues.accept(Issue.warning("structure", "ECH-6", "no group of results; it stays in the original", place));
        }
        return whole;
    }

    /** 対象者 and 実施理由 are told as COMP too (C-7): what the table says counts. */
    private void relate(Reference member) {
        String url = CheckupSystem.GROUP_RELATION.url();
        Extension received = member.getExtensionByUrl(url);
        String written = received == null || !received.hasValue()
                ? "COMP"
                : String.valueOf(received.getValue().primitiveValue());
        CheckupItem item =
                CheckupItems.find(items.getOrDefault(member.getReference(), "")).orElse(null);
        GroupRelation table = item == null ? null : item.relation();
        String relation = table != null && table != GroupRelation.COMP
                ? table.code()
                : written.startsWith("RSON") ? "RSON" : "COMP";
        member.getExtension().removeIf(extension -> url.equals(extension.getUrl()));
        member.addExtension(url, new CodeType(relation));
    }

    /** The group tells that a sensitive test was done. */
    boolean sensitive(Observation group) {
        return group.getHasMember().stream()
                .map(member -> items.getOrDefault(String.valueOf(member.getReference()), ""))
                .anyMatch(code -> !code.isEmpty() && CheckupCategory.infection(code));
    }
}
