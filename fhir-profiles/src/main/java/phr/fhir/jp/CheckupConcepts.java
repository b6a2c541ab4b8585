package phr.fhir.jp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phr.fhir.text.TsvTable;

/**
 * What a trend line joins: the measurement principle is part of an item code, so one quantity has up to six codes
 * (checkup-cda.md §9). Kept by hand; an item that the table does not name stands alone.
 */
public final class CheckupConcepts {

    /**
     * Items whose results are one series.
     *
     * @param code name of the concept; of an item that stands alone the item code
     * @param items item codes, most exact method first
     */
    public record Concept(String code, String name, List<String> items) {

        public Concept {
            items = List.copyOf(items);
        }
    }

    private static final Map<String, Concept> CONCEPTS = load();
    private static final Map<String, Concept> BY_ITEM = byItem();

    private CheckupConcepts() {}

    /** Empty for an item outside the table. */
    public static Optional<Concept> of(String item) {
        return Optional.ofNullable(BY_ITEM.get(item)).or(() -> CheckupItems.find(item)
                .map(alone -> new Concept(alone.code(), alone.name(), List.of(alone.code()))));
    }

    public static Optional<Concept> named(String concept) {
        return Optional.ofNullable(CONCEPTS.get(concept));
    }

    /** The concepts of the table, without the items that stand alone. */
    public static List<Concept> all() {
        return new ArrayList<>(CONCEPTS.values());
    }

    private static Map<String, Concept> load() {
        Map<String, Concept> concepts = new LinkedHashMap<>();
        for (String[] row :
                TsvTable.load(CheckupConcepts.class, "checkup-concepts.tsv").rows()) {
            concepts.put(row[0], new Concept(row[0], row[1], List.of(row[2].split(" "))));
        }
        return concepts;
    }

    private static Map<String, Concept> byItem() {
        Map<String, Concept> items = new HashMap<>();
        CONCEPTS.values().forEach(concept -> concept.items().forEach(item -> {
            if (items.put(item, concept) != null) {
                throw new IllegalStateException("an item of two concepts: " + item);
            }
        }));
        return items;
    }
}
