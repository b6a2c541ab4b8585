package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import phr.fhir.Fhir;
import phr.fhir.failure.Issue;

/** What the form cannot carry, and what it demands and the record does not have: located in the record, without values. */
final class Remarks {

    /** Extension of a Composition: one finding. */
    static final String EXTENSION = Fhir.CANONICAL + "/StructureDefinition/document-remark";

    private final List<Issue> issues = new ArrayList<>();

    /** It stays in the record only. */
    void left(String rule, String text, String place) {
        issues.add(Issue.information("not-supported", rule, text, place));
    }

    /** The form demands it. */
    void missing(String text, String place) {
        issues.add(Issue.warning("required", "ECF-3", text, place));
    }

    /** Elements of a resource that are not among those that the form has. */
    void others(ObjectNode stored, Set<String> known) {
        Set<String> left = new TreeSet<>();
        stored.fieldNames().forEachRemaining(field -> left.add(field.startsWith("_") ? field.substring(1) : field));
        left.removeAll(Set.of("resourceType", "id", "meta"));
        left.removeAll(known);
        for (String element : left) {
            left("ECF-2", "the form has no such element", Tree.name(stored) + "." + element);
        }
    }

    List<Issue> all() {
        return Collections.unmodifiableList(issues);
    }

    void writeTo(ObjectNode composition) {
        for (Issue issue : issues) {
            ObjectNode remark = Tree.object().put("url", EXTENSION);
            part(remark, "severity", "valueCode", issue.severity().name().toLowerCase(Locale.ROOT));
            part(remark, "rule", "valueCode", issue.rule());
            part(remark, "text", "valueString", issue.text());
            issue.expressions().forEach(place -> part(remark, "expression", "valueString", place));
            composition.withArray("extension").add(remark);
        }
    }

    private static void part(ObjectNode remark, String name, String type, String value) {
        JsonNode part = Tree.object().put("url", name).put(type, value);
        remark.withArray("extension").add(part);
    }
}
