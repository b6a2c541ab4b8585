package phr.fhir.jp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phr.fhir.text.TsvTable;

/**
 * The items of 自治体検診: five cancer screenings, hepatitis, osteoporosis, periodontal disease (checkup-fhir.md §10). Some have the
 * code of a checkup item; the system tells which is meant.
 */
public final class MunicipalItems {

    /** Name of the table in Provenance. */
    public static final String TABLE_VERSION = "municipal-0.9.0";

    /** OID of the items; their answers have OIDs below {@link #ANSWERS}. */
    public static final String OID = "1.2.392.100495.100.1051";

    public static final String ANSWERS = "1.2.392.100495.100.";

    private static final Map<String, MunicipalItem> ITEMS = load();

    private MunicipalItems() {}

    public static Optional<MunicipalItem> find(String code) {
        return Optional.ofNullable(ITEMS.get(code));
    }

    /** In the order of the table. */
    public static List<MunicipalItem> all() {
        return List.copyOf(ITEMS.values());
    }

    private static Map<String, MunicipalItem> load() {
        Map<String, MunicipalItem> items = new LinkedHashMap<>();
        for (String[] row :
                TsvTable.load(MunicipalItems.class, "municipal-items.tsv").rows()) {
            items.put(row[0], new MunicipalItem(item(row), row[7], row[6], row[9], Integer.parseInt(row[10])));
        }
        return items;
    }

    private static CheckupItem item(String[] row) {
        ItemCoding coding = new ItemCoding(row[1], TsvTable.field(row, 5), null);
        return new CheckupItem(
                row[0],
                ValueType.valueOf(row[2]),
                row[3],
                TsvTable.field(row, 4),
                TsvTable.field(row, 4),
                null,
                null,
                null,
                null,
                "0",
                0,
                Map.of(Generation.FY2018, coding, Generation.FY2024, coding));
    }
}
