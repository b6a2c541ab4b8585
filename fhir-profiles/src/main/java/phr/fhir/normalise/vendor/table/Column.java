package phr.fhir.normalise.vendor.table;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A column of a kind.
 *
 * @param ordinal position in the table of its kind
 * @param group columns of one group belong together; empty = to all groups
 * @param names how files call it, normalised for matching
 * @param path as written in the table, step by step; case counts there
 * @param details what the role makes of it: formats, values, codes
 * @param metric key of the metric of a value, {@code glucose} = by its unit; else empty
 * @param unit of the numbers; empty = as written
 * @param multiply factor on the number before the unit counts
 * @param needed a file without it is of another kind
 */
public record Column(
        int ordinal,
        String group,
        List<String> names,
        List<String> path,
        Role role,
        Map<String, String> details,
        String metric,
        String unit,
        BigDecimal multiply,
        boolean needed) {

    public Column {
        names = List.copyOf(names);
        path = List.copyOf(path);
    }

    /** Whether it is a field of the record around the row. */
    public boolean outer() {
        return names.get(0).startsWith("^");
    }
}
