package phr.fhir.jp;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.text.TsvTable;

/** The item dictionary: FY2024 table, and what FY2018 had differently (checkup-cda.md §8, §10). */
public final class CheckupItems {

    /** Name of the table in Provenance. */
    public static final String TABLE_VERSION = "hc24";

    private static final Map<String, CheckupItem> ITEMS = load();

    private CheckupItems() {}

    public static Optional<CheckupItem> find(String code) {
        return Optional.ofNullable(ITEMS.get(code));
    }

    /** Every item of either generation, table order, 2018-only items last. */
    public static List<CheckupItem> all() {
        return List.copyOf(ITEMS.values());
    }

    public static List<CheckupItem> of(Generation generation) {
        return ITEMS.values().stream()
                .filter(item -> item.in(generation).isPresent())
                .toList();
    }

    private static Map<String, CheckupItem> load() {
        Map<String, Map<String, String[]>> differences = differences();
        Map<String, CheckupItem> items = new LinkedHashMap<>();
        for (String[] row :
                TsvTable.load(CheckupItems.class, "checkup-items-2024.tsv").rows()) {
            items.put(row[0], item(row, differences.getOrDefault(row[0], Map.of())));
        }
        differences.forEach((code, byKind) -> {
            if (byKind.containsKey("only-2018")) {
                items.put(code, only2018(byKind.get("only-2018")));
            }
        });
        return items;
    }

    private static Map<String, Map<String, String[]>> differences() {
        Map<String, Map<String, String[]>> byCode = new LinkedHashMap<>();
        for (String[] row : TsvTable.load(CheckupItems.class, "checkup-items-2018-differences.tsv")
                .rows()) {
            byCode.computeIfAbsent(row[0], code -> new HashMap<>()).put(row[2], row);
        }
        return byCode;
    }

    private static CheckupItem item(String[] row, Map<String, String[]> differences) {
        Map<Generation, ItemCoding> generations = new EnumMap<>(Generation.class);
        ItemCoding now = new ItemCoding(row[1], TsvTable.field(row, 6), methodOf(row));
        generations.put(Generation.FY2024, now);
        if (!differences.containsKey("only-2024")) {
            generations.put(Generation.FY2018, before(now, differences));
        }
        String relation = TsvTable.field(row, 10);
        return new CheckupItem(
                row[0],
                ValueType.valueOf(row[2]),
                row[3],
                TsvTable.field(row, 4),
                TsvTable.field(row, 5),
                TsvTable.field(row, 9),
                relation == null ? null : GroupRelation.valueOf(relation),
                TsvTable.field(row, 11),
                TsvTable.field(row, 12),
                row[13],
                Integer.parseInt(row[18]),
                generations);
    }

    private static ItemCoding before(ItemCoding now, Map<String, String[]> differences) {
        String name = earlier(differences, "changed-name", now.name());
        return new ItemCoding(
                name == null ? now.name() : name,
                earlier(differences, "changed-answer_oid", now.answerOid()),
                earlier(differences, "changed-method", now.methodCode()));
    }

    private static @Nullable String earlier(
            Map<String, String[]> differences, String kind, @Nullable String unchanged) {
        String[] row = differences.get(kind);
        return row == null ? unchanged : row[3];
    }

    /** One row of the table carries a method of five characters, which is no code. */
    private static @Nullable String methodOf(String[] row) {
        return row[7].length() == 10 ? row[7] : null;
    }

    /** The one item that FY2024 dropped: 保健指導の希望, a question of the 質問票. */
    private static CheckupItem only2018(String[] row) {
        ItemCoding coding = new ItemCoding(row[1], TsvTable.field(row, 3), null);
        return new CheckupItem(
                row[0],
                ValueType.CD,
                "N",
                null,
                null,
                null,
                null,
                null,
                null,
                "7",
                500,
                Map.of(Generation.FY2018, coding));
    }
}
