package phr.fhir.guide;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import phr.fhir.facts.PhrCategory;
import phr.fhir.jp.AnswerLists;
import phr.fhir.jp.CheckupConcepts;
import phr.fhir.jp.CheckupGroups;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.MunicipalItems;
import phr.fhir.text.TsvTable;

/**
 * Code systems: the project's own, complete; and the Japanese ones of the checkup tables, as the fragment that these tables tell,
 * so that codes can be checked without a terminology package (checkup-fhir.md FHIR-R4).
 */
final class CodeSystems {

    private static final String URN = "urn:oid:";

    private CodeSystems() {}

    static List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>();
        TsvTable.load(CodeSystems.class, "code-systems.tsv").named().forEach(row -> all.add(listed(row)));
        all.add(categories());
        all.add(purposes());
        all.add(metrics());
        all.add(items());
        all.add(methods());
        all.add(municipal());
        all.add(concepts());
        AnswerLists.oids().stream().sorted().forEach(oid -> all.add(answers(oid)));
        return all;
    }

    private static ObjectNode listed(Map<String, String> row) {
        String name = cell(row, "name");
        ObjectNode system = own(name, cell(row, "title"), cell(row, "description"), cell(row, "content"));
        ArrayNode concepts = system.arrayNode();
        TsvTable.load(CodeSystems.class, "codes.tsv").named().stream()
                .filter(code -> cell(code, "system").equals(name))
                .forEach(code -> concept(concepts, cell(code, "code"), cell(code, "display"), cell(code, "japanese")));
        if (name.equals("checkup-group")) {
            groups().forEach(key -> concept(
                    concepts, key, CheckupItems.find(key).map(CheckupItem::name).orElse(key), ""));
        }
        return with(system, concepts);
    }

    /** Keys of groups without a public code. */
    private static Set<String> groups() {
        Set<String> keys = new TreeSet<>(Set.of("unknown"));
        CheckupItems.all().stream()
                .map(CheckupItem::group)
                .filter(Objects::nonNull)
                .filter(key -> CheckupGroups.code(key, Set.of()).isEmpty())
                .forEach(keys::add);
        return keys;
    }

    private static ObjectNode categories() {
        ObjectNode system =
                own("phr-category", "区分", "Consent categories of the catalogue (consent-semantics.md §8).", "complete");
        ArrayNode concepts = system.arrayNode();
        for (PhrCategory category : PhrCategory.values()) {
            concept(concepts, category.code(), category.japanese(), category.japanese());
        }
        return with(system, concepts);
    }

    private static ObjectNode purposes() {
        ObjectNode system =
                own("purpose", "利用目的", "Purposes of use beyond v3-ActReason (consent-semantics.md §7.2).", "complete");
        ArrayNode concepts = system.arrayNode();
        TsvTable.load(CodeSystems.class, "purposes.tsv").rows().stream()
                .filter(row -> row[1].equals("project"))
                .forEach(row -> concept(concepts, row[0], row[6], row[5]));
        return with(system, concepts);
    }

    private static ObjectNode metrics() {
        ObjectNode system = own(
                "lifelog-metric",
                "ライフログの測定項目",
                "Metrics that neither PGHD nor LOINC has a code for (lifelog.md §3.1).",
                "complete");
        ArrayNode concepts = system.arrayNode();
        Metrics.own().forEach(row -> concept(concepts, cell(row, "metric"), cell(row, "name"), ""));
        return with(system, concepts);
    }

    private static ObjectNode items() {
        ObjectNode system = foreign(
                "checkup-item",
                CheckupSystem.ITEM.url(),
                "健診項目コード",
                "Items of the checkup tables of FY2018 and FY2024.");
        ArrayNode concepts = system.arrayNode();
        CheckupItems.all().forEach(item -> concept(concepts, item.code(), item.name(), ""));
        return with(system, concepts);
    }

    private static ObjectNode municipal() {
        ObjectNode system = foreign(
                "municipal-checkup-item",
                CheckupSystem.MUNICIPAL_ITEM.url(),
                "自治体検診の項目コード",
                "Items of cancer, hepatitis, osteoporosis and periodontal screenings by municipalities.");
        ArrayNode concepts = system.arrayNode();
        MunicipalItems.all()
                .forEach(item ->
                        concept(concepts, item.item().code(), item.item().name(), ""));
        return with(system, concepts);
    }

    private static ObjectNode concepts() {
        ObjectNode system = own(
                "checkup-concept",
                "健診項目の系列",
                "What a trend line joins: items that differ in the method only (checkup-cda.md §9).",
                "complete");
        ArrayNode concepts = system.arrayNode();
        CheckupConcepts.all().forEach(concept -> concept(concepts, concept.code(), concept.name(), ""));
        return with(system, concepts);
    }

    private static ObjectNode methods() {
        ObjectNode system = foreign(
                "checkup-method", CheckupSystem.METHOD.url(), "健診の検査方法コード", "Methods that the checkup tables name.");
        Set<String> codes = new TreeSet<>();
        CheckupItems.all().stream()
                .flatMap(item -> item.generations().values().stream())
                .forEach(coding -> {
                    if (coding.methodCode() != null) {
                        codes.add(coding.methodCode());
                    }
                });
        ArrayNode concepts = system.arrayNode();
        codes.forEach(code -> concepts.addObject().put("code", code));
        return with(system, concepts);
    }

    private static ObjectNode answers(String oid) {
        ObjectNode system = foreign(
                "checkup-answer-" + oid.substring(oid.lastIndexOf('.') + 1),
                URN + oid,
                "健診の回答コード",
                "Answers of one list of the checkup tables.");
        ArrayNode concepts = system.arrayNode();
        AnswerLists.codes(oid)
                .forEach(code ->
                        concept(concepts, code, AnswerLists.display(oid, code).orElse(""), ""));
        return with(system, concepts);
    }

    private static ObjectNode own(String name, String title, String description, String content) {
        return Head.own("CodeSystem", name, title, description)
                .put("caseSensitive", true)
                .put("content", content);
    }

    /** The system is somebody else's, so others may know more codes of it. */
    private static ObjectNode foreign(String id, String url, String title, String description) {
        return Head.of("CodeSystem", id, url, title, description)
                .put("caseSensitive", true)
                .put("content", "fragment");
    }

    private static void concept(ArrayNode concepts, String code, String display, String japanese) {
        ObjectNode concept = concepts.addObject().put("code", code);
        if (!display.isEmpty()) {
            concept.put("display", display);
        }
        if (!japanese.isEmpty() && !japanese.equals(display)) {
            concept.putArray("designation").addObject().put("language", "ja").put("value", japanese);
        }
    }

    private static ObjectNode with(ObjectNode system, ArrayNode concepts) {
        if (!concepts.isEmpty()) {
            system.put("count", concepts.size()).set("concept", concepts);
        }
        return system;
    }

    private static String cell(Map<String, String> row, String name) {
        return row.getOrDefault(name, "");
    }
}
