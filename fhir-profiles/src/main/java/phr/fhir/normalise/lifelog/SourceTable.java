package phr.fhir.normalise.lifelog;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.fhir.text.TsvTable;

/**
 * What a vendor's types mean: one tab-separated table a vendor, with a header line.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code type}</td><td>the source's own name of the type, or {@code table.column}</td></tr>
 * <tr><td>{@code metric}</td><td>key in {@code metrics.tsv}; {@code glucose} = by the unit; {@code -} = a goal, dropped and
 * counted</td></tr>
 * <tr><td>{@code unit}</td><td>the unit that the source means, where it writes none or a misleading one; empty = as
 * written</td></tr>
 * <tr><td>{@code multiply}</td><td>factor on the number before the unit counts, such as 100 for a fraction that is called %;
 * empty = 1</td></tr>
 * </table>
 *
 * A type that is not in the table stays in the original and is reported.
 */
public final class SourceTable {

    private static final String GOAL = "-";
    private static final String GLUCOSE = "glucose";

    /**
     * One row of the table.
     *
     * @param type the source's own name
     * @param key of the metric
     * @param unit in place of the one written, empty = as written
     * @param multiply factor on the number as written
     */
    public record Row(String type, String key, String unit, BigDecimal multiply) {

        /** Dropped and counted (lifelog.md §4, goals). */
        public boolean goal() {
            return key.equals(GOAL);
        }

        /** The unit of a number whose unit is written so. */
        public String unit(String written) {
            return unit.isEmpty() ? written : unit;
        }

        /** @throws NullPointerException for a goal, which is no measurement */
        public Metric metric(String writtenUnit) {
            return key.equals(GLUCOSE) ? Metric.glucose(unit(writtenUnit)) : Metric.of(key);
        }

        /** Whether numbers in this unit stay as they are. */
        public boolean asWritten(String writtenUnit) {
            return multiply.compareTo(BigDecimal.ONE) == 0
                    && Units.same(unit(writtenUnit), metric(writtenUnit).valueUnit());
        }

        /** The number in the unit of the metric; null when the unit is unknown for it or the number is too large. */
        public @Nullable BigDecimal value(BigDecimal written, String writtenUnit) {
            String target = metric(writtenUnit).valueUnit();
            boolean scaled = multiply.compareTo(BigDecimal.ONE) != 0;
            return Units.convert(scaled ? plain(written.multiply(multiply)) : written, unit(writtenUnit), target);
        }

        private static BigDecimal plain(BigDecimal number) {
            BigDecimal stripped = number.stripTrailingZeros();
            return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
        }
    }

    private final Map<String, Row> rows = new HashMap<>();

    private SourceTable() {}

    /**
     * @param beside the class whose package has the table among its resources
     * @param name e.g. {@code apple.tsv}
     */
    public static SourceTable of(Class<?> beside, String name) {
        SourceTable table = new SourceTable();
        for (String[] cells : TsvTable.load(beside, name).rows()) {
            BigDecimal multiply = cells[3].isEmpty() ? BigDecimal.ONE : new BigDecimal(cells[3]);
            Row twice = table.rows.put(cells[0], new Row(cells[0], cells[1], cells[2], multiply));
            if (twice != null) {
                throw new IllegalStateException("two rows of one type in " + name);
            }
        }
        return table;
    }

    /** Null when the type is not mapped. */
    public @Nullable Row row(String type) {
        return rows.get(type);
    }

    public Collection<Row> rows() {
        return Map.copyOf(rows).values();
    }
}
