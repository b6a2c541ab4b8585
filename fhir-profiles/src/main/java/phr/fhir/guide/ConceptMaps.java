package phr.fhir.guide;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import phr.fhir.Fhir;
import phr.fhir.jp.CheckupConcepts;
import phr.fhir.jp.CheckupGroups;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.text.TsvTable;

/**
 * Maps that follow from the tables. There is none from checkup items to JLAC10 or LOINC: the tables state no such equality, and
 * what looks like JLAC10 is not (checkup-fhir.md §6.1).
 */
final class ConceptMaps {

    private static final String OPEN_MHEALTH = "https://w3id.org/openmhealth/schemas";

    private ConceptMaps() {}

    static List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>(List.of(pghdToLoinc(), openMhealth(), groups(), concepts()));
        TsvTable.load(ConceptMaps.class, "vendor-tables.tsv").named().forEach(row -> all.add(vendor(row)));
        return all;
    }

    /** The table of a vendor's types; its goals and what is chosen by unit have no code. */
    private static ObjectNode vendor(Map<String, String> row) {
        String name = row.getOrDefault("name", "");
        String title = row.getOrDefault("title", "");
        ObjectNode map = Head.own(
                "ConceptMap", name + "-lifelog", title, "Codes of the types of " + title + " (lifelog.md §3.1).");
        Map<String, Map<String, Map<String, String>>> bySystem = new TreeMap<>();
        for (Map<String, String> type :
                TsvTable.load(ConceptMaps.class, row.getOrDefault("table", "")).named()) {
            Metrics.coded(type.getOrDefault("metric", ""))
                    .forEach((system, codes) ->
                            codes.forEach(code -> bySystem.computeIfAbsent(system, none -> new TreeMap<>())
                                    .computeIfAbsent(type.getOrDefault("type", ""), none -> new TreeMap<>())
                                    .put(code, "relatedto")));
        }
        bySystem.forEach((system, pairs) -> group(map, row.getOrDefault("system", ""), system, pairs));
        return map;
    }

    private static ObjectNode pghdToLoinc() {
        Map<String, Map<String, String>> pairs = new TreeMap<>();
        for (Map<String, String> row : Metrics.rows()) {
            for (String code : Metrics.codes(row, "pghd")) {
                for (String loinc : Metrics.codes(row, "loinc")) {
                    pairs.computeIfAbsent(code, none -> new TreeMap<>()).put(loinc, "equivalent");
                }
            }
        }
        pairs.values().stream()
                .filter(targets -> targets.size() > 1)
                .forEach(targets -> targets.replaceAll((code, same) -> "narrower"));
        ObjectNode map = Head.own(
                "ConceptMap",
                "pghd-loinc",
                "PGHD → LOINC",
                "LOINC beside the PGHD code of a metric (lifelog.md §3.1).");
        group(map, Metrics.PGHD, Metrics.LOINC, pairs);
        return map;
    }

    /** From {@code namespace:schema#element}. */
    private static ObjectNode openMhealth() {
        Map<String, Map<String, String>> pairs = new TreeMap<>();
        for (Map<String, String> row : TsvTable.load(ConceptMaps.class, "/phr/fhir/normalise/lifelog/schemas.tsv")
                .named()) {
            String source = row.get("namespace") + ":" + row.get("name") + "#" + row.get("element");
            pghd(row.getOrDefault("metric", ""))
                    .ifPresent(code -> pairs.computeIfAbsent(source, none -> new TreeMap<>())
                            .put(code, "relatedto"));
        }
        ObjectNode map = Head.own(
                "ConceptMap",
                "open-mhealth-pghd",
                "Open mHealth / IEEE 1752.1 → PGHD",
                "PGHD code of an element of a schema (lifelog.md §2.5).");
        group(map, OPEN_MHEALTH, Metrics.PGHD, pairs);
        return map;
    }

    private static Optional<String> pghd(String metric) {
        return Metrics.rows().stream()
                .filter(row -> metric.equals(row.get("metric")))
                .flatMap(row -> Metrics.codes(row, "pghd").stream())
                .findFirst();
    }

    /** From the key of a group to its public code; the members of a report may make another of it. */
    private static ObjectNode groups() {
        Map<String, Map<String, String>> pairs = new TreeMap<>();
        Set<String> keys = new TreeSet<>();
        CheckupItems.all().stream()
                .map(CheckupItem::group)
                .filter(Objects::nonNull)
                .forEach(keys::add);
        keys.forEach(
                key -> CheckupGroups.code(key, Set.of()).ifPresent(code -> pairs.put(key, Map.of(code, "relatedto"))));
        ObjectNode map = Head.own(
                "ConceptMap",
                "checkup-group",
                "一連検査",
                "Code of a group of the checkup item table (checkup-fhir.md §6.2).");
        group(map, Fhir.CANONICAL + "/CodeSystem/checkup-group", CheckupSystem.GROUP.url(), pairs);
        return map;
    }

    /** Which items a trend line joins; an item that is not here stands alone. */
    private static ObjectNode concepts() {
        Map<String, Map<String, String>> pairs = new TreeMap<>();
        CheckupConcepts.all()
                .forEach(concept -> concept.items().forEach(item -> pairs.put(item, Map.of(concept.code(), "wider"))));
        ObjectNode map = Head.own(
                "ConceptMap",
                "checkup-item-concept",
                "健診項目の系列",
                "Series that an item of the checkup table belongs to, whatever the method (checkup-cda.md §9).");
        group(map, CheckupSystem.ITEM.url(), Fhir.CANONICAL + "/CodeSystem/checkup-concept", pairs);
        return map;
    }

    private static void group(ObjectNode map, String from, String to, Map<String, Map<String, String>> pairs) {
        ObjectNode group =
                map.withArray("group").addObject().put("source", from).put("target", to);
        ArrayNode elements = group.putArray("element");
        pairs.forEach((code, targets) -> {
            ArrayNode list = elements.addObject().put("code", code).putArray("target");
            targets.forEach((target, equivalence) -> target(list.addObject(), target, equivalence));
        });
    }

    private static void target(ObjectNode target, String code, String equivalence) {
        target.put("code", code).put("equivalence", equivalence);
        if (equivalence.equals("narrower")) {
            target.put("comment", "The target tells more: method, unit or span.");
        }
    }
}
